using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BanBuCheng.Desk.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DeskGrown : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "excluded_login",
                table: "inbox_tasks");

            migrationBuilder.AddColumn<string>(
                name: "excluded",
                table: "inbox_tasks",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "held_at",
                table: "inbox_tasks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "calendar_version",
                table: "cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "calendar_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    notice_number = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    content = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    proposed_by_login = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    proposed_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    proposed_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    decided_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    decided_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    undo_asked_by_login = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    undo_asked_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    undo_reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    undone_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    undone_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_changes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "calendar_versions",
                columns: table => new
                {
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    change_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    adds = table.Column<bool>(type: "INTEGER", nullable: false),
                    decided_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_versions", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "ix_cases_state_calendar_version",
                table: "cases",
                columns: new[] { "state", "calendar_version" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "calendar_changes");

            migrationBuilder.DropTable(
                name: "calendar_versions");

            migrationBuilder.DropIndex(
                name: "ix_cases_state_calendar_version",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "excluded",
                table: "inbox_tasks");

            migrationBuilder.DropColumn(
                name: "held_at",
                table: "inbox_tasks");

            migrationBuilder.DropColumn(
                name: "calendar_version",
                table: "cases");

            migrationBuilder.AddColumn<string>(
                name: "excluded_login",
                table: "inbox_tasks",
                type: "TEXT",
                maxLength: 40,
                nullable: true);
        }
    }
}
