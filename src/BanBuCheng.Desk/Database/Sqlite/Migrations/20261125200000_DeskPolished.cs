using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BanBuCheng.Desk.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DeskPolished : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "basis",
                table: "on_site_answers",
                type: "TEXT",
                maxLength: 120,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "basis_key",
                table: "on_site_answers",
                type: "TEXT",
                maxLength: 120,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "outdated_at",
                table: "on_site_answers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "outdated_by",
                table: "on_site_answers",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "open_part",
                table: "cases",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "open_part_on",
                table: "cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "open_part_owner",
                table: "cases",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "case_lates",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    case_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    unit_code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    reply_by = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    explained_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    explained_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_lates", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "meeting_invitations",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    meeting_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    unit_code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    said = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    who = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    why = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    said_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    said_at = table.Column<long>(type: "INTEGER", nullable: true),
                    came = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meeting_invitations", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_on_site_answers_basis_key",
                table: "on_site_answers",
                column: "basis_key");

            migrationBuilder.CreateIndex(
                name: "ix_on_site_answers_outdated_at",
                table: "on_site_answers",
                column: "outdated_at");

            migrationBuilder.CreateIndex(
                name: "ix_cases_open_part_on_id",
                table: "cases",
                columns: new[] { "open_part_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_case_lates_case_id",
                table: "case_lates",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_lates_unit_code_on",
                table: "case_lates",
                columns: new[] { "unit_code", "on" });

            migrationBuilder.CreateIndex(
                name: "ix_meeting_invitations_meeting_id_unit_code",
                table: "meeting_invitations",
                columns: new[] { "meeting_id", "unit_code" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "case_lates");

            migrationBuilder.DropTable(
                name: "meeting_invitations");

            migrationBuilder.DropIndex(
                name: "ix_on_site_answers_basis_key",
                table: "on_site_answers");

            migrationBuilder.DropIndex(
                name: "ix_on_site_answers_outdated_at",
                table: "on_site_answers");

            migrationBuilder.DropIndex(
                name: "ix_cases_open_part_on_id",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "basis",
                table: "on_site_answers");

            migrationBuilder.DropColumn(
                name: "basis_key",
                table: "on_site_answers");

            migrationBuilder.DropColumn(
                name: "outdated_at",
                table: "on_site_answers");

            migrationBuilder.DropColumn(
                name: "outdated_by",
                table: "on_site_answers");

            migrationBuilder.DropColumn(
                name: "open_part",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "open_part_on",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "open_part_owner",
                table: "cases");
        }
    }
}
