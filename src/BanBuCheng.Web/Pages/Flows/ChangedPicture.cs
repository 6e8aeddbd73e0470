using BanBuCheng.Desk.Flows;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Pages.Flows;

/// <summary>Both versions on one picture: what is new, what is gone, what is another.</summary>
internal static class ChangedPicture
{
    public static FlowPicture Of(FlowDocument before, FlowDocument after, IReadOnlyList<FlowChange> changes)
    {
        var marks = new Dictionary<string, FlowMark>(StringComparer.Ordinal);
        var lines = new Dictionary<(string, string, string), FlowMark>();
        foreach (var change in changes)
        {
            var mark = change.Kind switch { FlowChangeKind.Added => FlowMark.Added, FlowChangeKind.Removed => FlowMark.Removed, _ => FlowMark.Changed };
            // Added and removed say more than changed.
            if (change.ActivityId is { } id && marks.GetValueOrDefault(id) is not (FlowMark.Added or FlowMark.Removed)) marks[id] = mark;
            if (change.Line is { } line) lines[line] = mark;
        }

        var count = changes.Count(c => c.Sentence.Length > 0);
        return new FlowPicture("changes", $"流程图“{after.Name}”：{(count == 0 ? "两版一样" : $"{count}处改动标在图上")}", FlowShape.Of(after).With(FlowShape.Of(before))) { Marks = marks, LineMarks = lines };
    }
}
