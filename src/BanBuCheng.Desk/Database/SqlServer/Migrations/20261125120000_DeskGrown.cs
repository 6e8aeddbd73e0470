using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BanBuCheng.Desk.Database.SqlServer.Migrations
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
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "held_at",
                table: "inbox_tasks",
                type: "datetime2",
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
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);
        }
    }
}
