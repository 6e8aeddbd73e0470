using AngleSharp.Dom;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Stories.House;
using BanBuCheng.Web.Pages.Cases;
using BanBuCheng.Web.Pages.Shared.Parts;
using CsCheck;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>A flow drawn on the server: every box and line of the document, marks that words say too, a way back that goes over what lies between.</summary>
public sealed class FlowPictureStories(PagesHall hall) : IClassFixture<PagesHall>
{
    public static TheoryData<string> Files => ShippedFlows.Files;

    [Theory(DisplayName = "每张流程图都画得全：方框、连线，一样不少")]
    [MemberData(nameof(Files))]
    public async Task Every_box_and_line_of_a_shipped_flow_is_drawn(string file)
    {
        var document = Read(file);
        var page = await hall.DrawAsync(FlowPicture.Of("f", document));
        Assert.Equal(document.Root.Children.Count, page.QuerySelectorAll("rect.box").Length);
        Assert.Equal(document.Root.Connections.Count, page.QuerySelectorAll("path.path").Length);
        Assert.Equal(document.Root.Children.Select(c => c.Activity.Caption).Order(), page.QuerySelectorAll("svg > g > title, svg > a > g > title").Select(t => t.TextContent).Order());
        Assert.Empty(page.QuerySelectorAll("[style]"));
        Assert.Equal(document.Root.Children.Count, page.QuerySelectorAll("ol.told li").Length);
    }

    [Fact(DisplayName = "端口写的是中文，只有一个出口的不写")]
    public async Task Ports_are_named_in_Chinese_where_there_is_a_choice()
    {
        var page = await hall.DrawAsync(FlowPicture.Of("f", Read("case-handling.json")));
        var ports = page.QuerySelectorAll("text.port").Select(t => t.TextContent).ToList();
        Assert.Contains("是", ports);
        Assert.Contains("转服务站研判", ports);
        Assert.DoesNotContain("Done", ports);
        Assert.DoesNotContain("完成", ports);
    }

    [Fact(DisplayName = "记号用字、颜色、线三样说：办过了、在这里、接下来、新增、删去")]
    public async Task Marks_are_said_in_words_and_in_the_list()
    {
        var page = await hall.DrawAsync(FlowPicture.Of("f", Read("case-handling.json")) with
        {
            Marks = new Dictionary<string, FlowMark> { ["window-task"] = FlowMark.Here, ["triage"] = FlowMark.Added },
            LineMarks = new Dictionary<(string, string, string), FlowMark> { [("window-task", "办成了", "reply-window-resolved")] = FlowMark.Removed },
        });
        Assert.Equal("窗口办理，在这里", page.QuerySelector("g.is-here title")!.TextContent);
        Assert.Equal("在这里", page.QuerySelector("g.is-here .said")!.TextContent);
        Assert.Single(page.QuerySelectorAll("path.is-removed"));
        Assert.Contains(page.QuerySelectorAll("text.port.is-removed"), t => t.TextContent == "删去：办成了");
        var told = page.QuerySelectorAll("ol.told li").Select(t => t.TextContent).ToList();
        Assert.Contains(told, t => t.StartsWith("窗口办理（在这里）：“办成了”到答复：办成了（删去）", StringComparison.Ordinal));
    }

    [Fact(DisplayName = "没有摆过位置的流程，自己分层排开")]
    public void A_document_without_positions_is_laid_out_in_layers()
    {
        var shape = FlowShape.Of(Drawn((1, 2), (2, 3), (1, 3), (3, 1)));
        var x = shape.Boxes.ToDictionary(b => b.Id, b => b.X);
        Assert.True(x["a1"] < x["a2"] && x["a2"] < x["a3"], "a box stands right of everything that leads to it");
    }

    /// <summary>Whatever is connected with whatever: no two boxes on each other, forward lines to the right, every number finite.</summary>
    [Fact]
    public void Any_graph_without_positions_is_drawn_without_overlap() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12]).List[0, 30].Sample(ends =>
        {
            var picture = FlowPicture.Of("f", Drawn([.. ends]));
            var boxes = picture.Shape.Boxes;
            Assert.DoesNotContain(boxes, a => boxes.Any(b => b != a && a.Overlaps(b)));
            Assert.All(picture.Draw().Lines, l => Assert.DoesNotContain("NaN", l.Course, StringComparison.Ordinal));
        }, iter: 300, seed: "0004FlowPict");

    [Fact(DisplayName = "概要只留人办的事和里面的流程，线从中间穿过去")]
    public void The_outline_keeps_peoples_work_and_the_flows_inside()
    {
        var outline = FlowShape.Of(Read("case-handling.json")).Outline();
        Assert.Equal(["close", "committee", "coordination", "reply", "reply-window-answered", "reply-window-resolved", "second-instance", "triage", "visit", "window-task"], outline.Boxes.Select(b => b.Id).Order());
        Assert.Contains(outline.Lines, l => l is { From: "window-task", To: "triage" });
        Assert.Contains(outline.Lines, l => l is { From: "triage", To: "reply" });
        Assert.DoesNotContain(outline.Lines, l => l is { From: "window-task", To: "committee" });
    }

    [Fact(DisplayName = "办到哪一步：办过的、现在的、接下来的")]
    public void Progress_says_done_here_and_next()
    {
        var picture = CaseProgress.Marked(FlowShape.Of(Read("case-handling.json")).Outline(), ["start", "window-task", "triage"], ["coordination"], [], "办件主流程");
        Assert.Equal(FlowMark.Done, picture.Marks["triage"]);
        Assert.Equal(FlowMark.Here, picture.Marks["coordination"]);
        Assert.Equal([FlowMark.Next, FlowMark.Next], new[] { picture.Marks["committee"], picture.Marks["reply"] });
        Assert.DoesNotContain("visit", picture.Marks.Keys);
        Assert.Equal("办件主流程，办过了窗口办理、服务站研判，现在在部门协同，接下来可能是联合党委会商、答复解释", picture.Sentence);
    }

    private static FlowDocument Read(string file) => FlowReader.Read(File.ReadAllText(Repository.Path($"workflows/{file}"))).Document!;

    private static FlowDocument Drawn(params (int From, int To)[] ends)
    {
        var ids = ends.SelectMany(e => new[] { e.From, e.To }).Append(1).Distinct().Order();
        var activities = string.Join(',', ids.Select(i => $$"""{"id":"a{{i}}","type":"Elsa.WriteLine"}"""));
        var connections = string.Join(',', ends.Select(e => $$$"""{"source":{"activity":"a{{{e.From}}}","port":"Done"},"target":{"activity":"a{{{e.To}}}","port":"In"}}"""));
        return FlowReader.Read($$$"""{"id":"d","definitionId":"d","name":"试","root":{"id":"f","type":"Elsa.Flowchart","activities":[{{{activities}}}],"connections":[{{{connections}}}]}}""").Document!;
    }
}
