using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Intake;

/// <summary>现场解答 — a question and its answer, logged in seconds; nobody is asked for a name .</summary>
/// <param name="SubmissionKey">Drawn with the blank page; posted twice is one answer.</param>
/// <param name="Seconds">How long it took on the page; what the browser says, so it is only ever a figure.</param>
public sealed record AnswerOnSite(Guid SubmissionKey, string Question, string Answer, int Seconds) : IStep<AnsweredOnSite>
{
    /// <summary>依据哪一条; asked of nobody. What was answered under a clause is found again when the clause changes.</summary>
    public string Basis { get; init; } = "";
}

public sealed record AnsweredOnSite(string Number, bool WasThere);

internal sealed class AnswerOnSiteHandler(DeskDb db, StepScope step) : IRequestHandler<AnswerOnSite, AnsweredOnSite>
{
    public async Task<AnsweredOnSite> Handle(AnswerOnSite request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        step.Actor.Require([.. Roles.Intake]);
        if (await db.OnSiteAnswers.AsNoTracking().FirstOrDefaultAsync(a => a.SubmissionKey == request.SubmissionKey, cancellationToken) is { } before)
            return new AnsweredOnSite(before.Number, WasThere: true);

        var (question, answer) = (request.Question.Trim(), request.Answer.Trim().ReplaceLineEndings("\n"));
        var faults = new Dictionary<string, string>();
        TypedText.Check(faults, nameof(request.Question), question, "还没写问什么。", CaseLimits.ShortText);
        TypedText.Check(faults, nameof(request.Answer), answer, "还没写怎么答的。", CaseLimits.LongText);
        var basis = request.Basis.Trim();
        TypedText.Check(faults, nameof(request.Basis), basis, null, CaseLimits.ShortText);
        if (faults.Count > 0) throw new FormRejectedException(faults);

        var today = ShanghaiTime.DayOf(step.Now);
        var number = CaseNumber.Make(today, await CaseSerials.TakeAsync(db, today, cancellationToken));
        db.OnSiteAnswers.Add(OnSiteAnswer.Give(Guid.CreateVersion7(step.Now), request.SubmissionKey, number, today, question, answer, Clauses.KeyOf(basis).Length > 0 ? basis : null,
            request.Seconds is >= 0 and < 24 * 3600 ? request.Seconds : 0, step.Actor, step.Now));
        await db.TaskDrafts.Where(d => d.Key == request.SubmissionKey).ExecuteDeleteAsync(cancellationToken);
        return new AnsweredOnSite(number, WasThere: false);
    }
}

/// <summary>What the page of 现场解答 shows beside the form.</summary>
public static class OnSiteDay
{
    private const int Searched = 1000, Offered = 3, Shown = 5, Listed = 50;
    private const double LikeEnough = 0.15;

    /// <summary>Answers given before that the question resembles, best first, each answer once.</summary>
    public static async Task<IReadOnlyList<OnSiteAnswer>> AlikeAsync(DeskDb db, string question, CancellationToken ct)
    {
        if (question.Trim().Length < 2) return [];
        var rows = await db.OnSiteAnswers.AsNoTracking().Where(a => a.OutdatedAt == null).OrderByDescending(a => a.At).Take(Searched).ToListAsync(ct);
        return [.. rows.Select(a => (Answer: a, Like: Likeness.Of(a.Question, question))).Where(a => a.Like >= LikeEnough)
            .OrderByDescending(a => a.Like).ThenByDescending(a => a.Answer.At).DistinctBy(a => a.Answer.Answer).Take(Offered).Select(a => a.Answer)];
    }

    /// <summary>条款失效了的 — newest change first; what was answered so must not be said again.</summary>
    public static async Task<IReadOnlyList<OnSiteAnswer>> OutdatedAsync(DeskDb db, DateTimeOffset since, CancellationToken ct) =>
        await db.OnSiteAnswers.AsNoTracking().Where(a => a.OutdatedAt >= since).OrderByDescending(a => a.OutdatedAt).ThenByDescending(a => a.At).Take(Listed).ToListAsync(ct);

    /// <summary>How many today, how long they take as a rule (the median), and the newest of this person.</summary>
    public static async Task<(int Count, int? Seconds, IReadOnlyList<OnSiteAnswer> Mine)> OfAsync(DeskDb db, DateOnly day, string login, CancellationToken ct)
    {
        var today = await db.OnSiteAnswers.AsNoTracking().Where(a => a.Day == day).OrderByDescending(a => a.At).ToListAsync(ct);
        var timed = today.Where(a => a.Seconds > 0).Select(a => a.Seconds).Order().ToList();
        return (today.Count, timed.Count > 0 ? timed[timed.Count / 2] : null, [.. today.Where(a => a.ByLogin == login).Take(Shown)]);
    }
}
