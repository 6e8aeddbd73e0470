using BanBuCheng.Desk.Flows;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Stories.House;
using BanBuCheng.Web.Demo;
using BanBuCheng.Web.Pages.Flows;
using BanBuCheng.Web.Pages.Shared.Parts;
using Xunit;

namespace BanBuCheng.Stories.Flows;

/// <summary>What changed between two versions, in sentences; and the flows as a text to print.</summary>
public sealed class ChangesInSentences
{
    private static readonly ReadableNames Names = new(DemoPeople.Units.ToDictionary(u => u.Code, u => u.Name), DemoPeople.People.ToDictionary(p => p.Login, p => p.Name));

    [Fact(DisplayName = "同一版跟自己比：一个字没变")]
    public void Nothing_changed_says_nothing()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Path("workflows"), "*.json"))
        {
            var document = FlowReader.Read(File.ReadAllText(file)).Document!;
            Assert.Empty(FlowChanges.Between(document, FlowReader.Read(FlowWriter.Write(document)).Document!, Names));
        }
    }

    [Theory(DisplayName = "改一处，说一句")]
    [InlineData("station-triage", "\"value\": 1", "\"value\": 2", "“站长研判”时限由 1 个工作日改为 2 个工作日")]
    [InlineData("station-triage", "role:STATION_HEAD", "role:BUREAU_LEADER", "“站长研判”由服务站站长办，改为由局领导办")]
    [InlineData("station-triage", "\"displayText\": \"站长研判\"", "\"displayText\": \"站长先看\"", "“站长研判”改名为“站长先看”")]
    [InlineData("case-handling", "\"value\": \"ACCEPTED\"", "\"value\": \"SURVEY\"", "“短信：已受理”的“模板”由“受理”改为“评价”")]
    [InlineData("case-handling", "\"name\": \"办件主流程\"", "\"name\": \"办件流程\"", "流程的名字由“办件主流程”改为“办件流程”")]
    [InlineData("case-handling", "\"value\": \"Complex\"", "\"value\": \"Special\"", "“改为复杂”的“难易”由“复杂”改为“特殊”")]
    public void One_change_is_one_sentence(string flow, string was, string now, string sentence)
    {
        var text = File.ReadAllText(Repository.Path($"workflows/{flow}.json"));
        var at = text.IndexOf(was, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{was} is not in {flow}");
        var changed = string.Concat(text.AsSpan(0, at), now, text.AsSpan(at + was.Length));
        Assert.Equal([sentence], FlowChanges.Between(FlowReader.Read(text).Document!, FlowReader.Read(changed).Document!, Names).Select(c => c.Sentence));
    }

    [Fact(DisplayName = "接到别处的线是一句；新画的、删去的各是一句；图上有颜色")]
    public void Moved_new_and_removed_lines_are_told_and_drawn()
    {
        var text = File.ReadAllText(Repository.Path("workflows/case-handling.json"));
        var before = FlowReader.Read(text).Document!;
        var after = FlowReader.Read(text).Document!;
        var lines = after.Json["root"]!["connections"]!.AsArray();
        lines.First(c => c!["source"]!["activity"]!.ToString() == "coordination" && c["source"]!["port"]!.ToString() == "提请联合党委")!["target"]!["activity"] = "to-reply";
        after = FlowReader.Read(after.Json.ToJsonString()).Document!;

        var changes = FlowChanges.Between(before, after, Names);
        Assert.Equal(["“部门协同”选“提请联合党委”以后，原来到“联合党委会商”，改为到“可以答复了”"], changes.Where(c => c.Sentence.Length > 0).Select(c => c.Sentence));
        var picture = ChangedPicture.Of(before, after, changes);
        Assert.Equal(FlowMark.Removed, picture.LineMarks[("coordination", "提请联合党委", "committee")]);
        Assert.Equal(FlowMark.Added, picture.LineMarks[("coordination", "提请联合党委", "to-reply")]);

        // A box that is gone stays on the picture, where it was.
        var without = FlowReader.Read(text).Document!;
        var boxes = without.Json["root"]!["activities"]!.AsArray();
        boxes.Remove(boxes.First(a => a!["id"]!.ToString() == "sms-accepted"));
        without = FlowReader.Read(without.Json.ToJsonString()).Document!;
        var gone = FlowChanges.Between(before, without, Names);
        Assert.Contains(gone, c => c.Sentence == "删去“短信：已受理”（发送短信）");
        Assert.Equal(FlowMark.Removed, ChangedPicture.Of(before, without, gone).Marks["sms-accepted"]);
        Assert.Contains(ChangedPicture.Of(before, without, gone).Shape.Boxes, b => b.Id == "sms-accepted");
    }

    [Fact(DisplayName = "表单：新增、删去、改为必填，各说一句")]
    public void A_form_is_told_field_by_field()
    {
        var text = File.ReadAllText(Repository.Path("workflows/return-visit.json"));
        var before = FlowReader.Read(text).Document!;
        var after = FlowReader.Read(text).Document!;
        var box = after.Json["root"]!["activities"]!.AsArray().First(a => a!["id"]!.ToString() == "leader-takes-over")!;
        box["form"]!["expression"]!["value"] = """{"title":"局领导包办","type":"object","required":["text","until"],"properties":{"text":{"title":"答复全文","type":"string"},"until":{"title":"哪天办好","type":"string","format":"date"}}}""";
        var said = FlowChanges.Between(before, FlowReader.Read(after.Json.ToJsonString()).Document!, Names).Select(c => c.Sentence).ToList();
        Assert.Contains("“局领导包办”的表单新增“哪天办好”（必填）", said);
        Assert.Contains(said, s => s.StartsWith("“局领导包办”的表单删去“", StringComparison.Ordinal));
    }

    [Fact(DisplayName = "工作规程：谁办、几天、办完去哪、发什么短信，图上有的都在，写两遍一个样")]
    public void The_rulebook_says_what_is_drawn()
    {
        var documents = Directory.EnumerateFiles(Repository.Path("workflows"), "*.json").Order(StringComparer.Ordinal).Select(f => FlowReader.Read(File.ReadAllText(f)).Document!).ToList();
        var chapters = FlowRulebook.Of(documents, Names);
        Assert.Equal(Said(chapters), Said(FlowRulebook.Of([.. documents.AsEnumerable().Reverse()], Names)));
        Assert.Equal(documents.Count, chapters.Count);
        // The main flow first, then what is inside it, in the order of the drawing.
        Assert.Equal("case-handling", chapters[0].Id);
        string[] inside = ["second-instance", "station-triage", "department-coordination", "committee-escalation"];
        Assert.Equal(inside, chapters.Select(c => c.Id).Where(inside.Contains));

        var judge = chapters.Single(c => c.Id == "station-triage").Articles.Single(a => a.Title == "站长研判").Sentences;
        Assert.Equal("由服务站站长办，1 个工作日内。", judge[0]);
        Assert.Contains("选“先补材料”：“短信：请补材料”。", judge);
        Assert.Contains("到期没办的不收回，变红，有人督办。", judge);
        var collect = chapters.Single(c => c.Id == "station-triage").Articles.Single(a => a.Title == "收群众补的材料").Sentences;
        Assert.Contains("到期没办，任务收回：“恢复计时”。", collect);
        var sms = chapters[0].Articles.Single(a => a.Title == "短信：已受理").Sentences;
        Assert.Equal("给群众发短信“受理：您的事项已受理，编号{no}，查询码{pin}勿告他人，{due}前答复。咨询{tel}。”。", sms[0]);
        Assert.Contains(sms, sentence => sentence.StartsWith("然后：", StringComparison.Ordinal));
        Assert.Contains("“窗口办理”，不是就“服务站研判”。", Said(chapters), StringComparison.Ordinal);

        // Everybody who is asked anywhere in the drawing is named in the text.
        Assert.All(["服务站站长", "服务站经办人", "联合党委秘书", "局领导", "督查"], role => Assert.Contains(role, Said(chapters), StringComparison.Ordinal));
    }

    private static string Said(IReadOnlyList<RuleChapter> chapters) => string.Join('\n', chapters.SelectMany(c => c.Articles.SelectMany(a => a.Sentences.Select(s => $"{c.Title} {a.Number} {a.Title}：{s}"))));
}
