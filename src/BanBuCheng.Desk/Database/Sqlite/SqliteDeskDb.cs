using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BanBuCheng.Desk.Database.Sqlite;

/// <summary>The desk's tables on Sqlite; its migrations lie beside it.</summary>
/// <remarks>
/// SQLite has neither ids nor instants of its own, and EF writes both as text: 36 bytes for 16, 27 for 8, and again in every index. Here an id
/// is its sixteen bytes, greatest first, and an instant is a whole number of ticks: both sort as they do in life.
/// </remarks>
public sealed class SqliteDeskDb(DbContextOptions<SqliteDeskDb> options) : DeskDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Guid>().HaveConversion<GuidBytes>();
        configurationBuilder.Properties<CaseId>().HaveConversion<CaseIdBytes>();
        configurationBuilder.Properties<TaskId>().HaveConversion<TaskIdBytes>();
        configurationBuilder.Properties<StaffId>().HaveConversion<StaffIdBytes>();
        configurationBuilder.Properties<SmsId>().HaveConversion<SmsIdBytes>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
    }

    internal sealed class GuidBytes() : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));
    internal sealed class CaseIdBytes() : ValueConverter<CaseId, byte[]>(id => id.Value.ToByteArray(true), bytes => new CaseId(new Guid(bytes, true)));
    internal sealed class TaskIdBytes() : ValueConverter<TaskId, byte[]>(id => id.Value.ToByteArray(true), bytes => new TaskId(new Guid(bytes, true)));
    internal sealed class StaffIdBytes() : ValueConverter<StaffId, byte[]>(id => id.Value.ToByteArray(true), bytes => new StaffId(new Guid(bytes, true)));
    internal sealed class SmsIdBytes() : ValueConverter<SmsId, byte[]>(id => id.Value.ToByteArray(true), bytes => new SmsId(new Guid(bytes, true)));
    internal sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}

/// <summary>For <c>dotnet ef</c> only; never opens the database it names.</summary>
internal sealed class SqliteDeskDbFactory : IDesignTimeDbContextFactory<SqliteDeskDb>
{
    public SqliteDeskDb CreateDbContext(string[] args) =>
        new(DatabaseSetup.Configure(new DbContextOptionsBuilder<SqliteDeskDb>(), DatabaseProvider.Sqlite, DatabaseSetup.DesignTimeConnection(DatabaseProvider.Sqlite)).Options);
}
