using System.ComponentModel.DataAnnotations;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;

namespace BanBuCheng.Desk.Flows;

/// <summary>How long the flows' own history is kept. The case journal is another thing: it is kept as long as the file.</summary>
public sealed class FlowHistoryOptions
{
    public const string Section = "Flows";

    /// <summary>流程运行记录保留多少天。</summary>
    [Range(30, 3650)] public int KeepLogDays { get; init; } = 365;
}

/// <summary>Lets go of log packs and ended instances older than that, some at a time; answers how many rows went.</summary>
internal sealed record ForgetHistory(DateTimeOffset Before) : IStep<int>, IBackgroundStep
{
    public const int RowsAStep = 500, RoundsAnHour = 200;
}

internal sealed class ForgetHistoryHandler(DeskDb db) : IRequestHandler<ForgetHistory, int>
{
    public async Task<int> Handle(ForgetHistory request, CancellationToken cancellationToken) =>
        await FlowHealth.ForgetLogAsync(db, request.Before, ForgetHistory.RowsAStep, cancellationToken)
        + await FlowHealth.ForgetEndedAsync(db, request.Before, ForgetHistory.RowsAStep, cancellationToken);
}
