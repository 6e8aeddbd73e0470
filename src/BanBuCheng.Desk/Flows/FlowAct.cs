using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Flows;

/// <summary>Who put which version of a flow in force or took it out, and why. Only ever added to; a case's own journal says what happened to the case.</summary>
public sealed class FlowAct
{
    private FlowAct() { }

    public static FlowAct Write(string definitionId, FlowActKind kind, int? from, int? to, string reason, Actor actor, DateTimeOffset at) => new()
    {
        DefinitionId = definitionId, Kind = kind, FromVersion = from, ToVersion = to, Reason = reason, ActorLogin = actor.Login, ActorName = actor.Name, At = at,
    };

    public long Id { get; private set; }
    public string DefinitionId { get; private set; } = "";
    public FlowActKind Kind { get; private set; }
    public int? FromVersion { get; private set; }
    public int? ToVersion { get; private set; }
    public string Reason { get; private set; } = "";
    public string ActorLogin { get; private set; } = "";
    public string ActorName { get; private set; } = "";
    public DateTimeOffset At { get; private set; }

    /// <summary>The newest acts on one flow, newest first.</summary>
    public static async Task<IReadOnlyList<FlowAct>> OfAsync(DeskDb db, string definitionId, int take, CancellationToken ct) =>
        await db.FlowActs.AsNoTracking().Where(a => a.DefinitionId == definitionId).OrderByDescending(a => a.Id).Take(take).ToListAsync(ct);
}

public enum FlowActKind
{
    /// <summary>退回: the old drawing is in force again, as the newest version.</summary>
    RolledBack,

    /// <summary>停用: nothing new starts by it.</summary>
    Retracted,
}

internal sealed class FlowActTable : IEntityTypeConfiguration<FlowAct>
{
    public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<FlowAct> builder)
    {
        builder.ToTable("flow_acts");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.DefinitionId).HasMaxLength(200);
        builder.Property(a => a.Reason).HasMaxLength(500);
        builder.Property(a => a.ActorLogin).HasMaxLength(40);
        builder.Property(a => a.ActorName).HasMaxLength(40);
        builder.HasIndex(a => a.DefinitionId);
    }
}
