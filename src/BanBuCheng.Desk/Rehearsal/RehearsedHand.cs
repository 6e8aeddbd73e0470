using System.Text.Json.Nodes;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>经手的人 — somebody who does a rehearsed task: fills in the form, and sent back to a field fills it in otherwise, as people do at the desk.</summary>
internal sealed class RehearsedHand(RehearsalHall hall)
{
    /// <summary>So often somebody who is sent back tries again.</summary>
    private const int MostTries = 6;

    /// <param name="recorded">What was filled in then; null when nothing is recorded.</param>
    /// <param name="another">Chooses among the outcomes that are left when the file forbids the one that was chosen; null: it stays.</param>
    /// <returns>True when it was done as recorded.</returns>
    /// <exception cref="RefusedException">The desk would not take it, whatever is filled in.</exception>
    /// <exception cref="FormRejectedException">The form cannot be filled in so that it is taken.</exception>
    public async ValueTask<bool> DoAsync(
        InboxTask task, string outcome, JsonObject? recorded, Func<string, double> draw, Func<IReadOnlyList<string>, int, string>? another, CancellationToken ct)
    {
        var form = await hall.FormOfAsync(task, ct);
        var serviceCase = hall.Of(task.CaseId).Case;
        var today = ShanghaiTime.DayOf(hall.Now);
        JsonObject Filled(JsonObject? begun) => FormFiller.Fill(form, outcome, serviceCase, hall.World, today, draw, begun);
        var asRecorded = recorded is not null || form is null;
        var answer = recorded;
        if (form is not null && (answer is null || form.Faults(outcome, answer).Count > 0))
        {
            asRecorded = false;
            answer = Filled(answer);
        }

        HashSet<string> tried = [outcome];
        for (var again = 1; ; again++)
        {
            try
            {
                await hall.CompleteAsync(task, outcome, (JsonObject?)answer?.DeepClone(), ct);
                return asRecorded;
            }
            catch (RefusedException no) when (again <= MostTries && no.Field is not null && task.State is TaskState.Open)
            {
                asRecorded = false;
                if (no.Field != "outcome")
                {
                    answer = (JsonObject?)answer?.DeepClone();
                    if (form is null || answer is null || !FormFiller.Otherwise(form, no.Field, answer, serviceCase, hall.World, today, draw)) throw;
                    answer = Filled(answer);
                    continue;
                }

                var left = task.Outcomes.Where(o => !tried.Contains(o)).ToList();
                if (another is null || left.Count == 0) throw;
                tried.Add(outcome = another(left, again));
                answer = form is null ? null : Filled(null);
            }
        }
    }
}
