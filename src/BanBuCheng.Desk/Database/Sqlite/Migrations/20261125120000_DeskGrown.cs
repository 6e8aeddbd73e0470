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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "excluded",
                table: "inbox_tasks");

            migrationBuilder.DropColumn(
                name: "held_at",
                table: "inbox_tasks");

            migrationBuilder.AddColumn<string>(
                name: "excluded_login",
                table: "inbox_tasks",
                type: "TEXT",
                maxLength: 40,
                nullable: true);
        }
    }
}
