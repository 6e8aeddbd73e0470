using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Attachments;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Demo;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Bench;

/// <summary>
/// Every kind of step a person takes, and the lists they look at, while 100,000 other cases are open. Whole cases are walked from the
/// counter to the return visit as the demo's people would, each step timed from the door to the answer.
/// </summary>
internal sealed class ManyOpenCases
{
    private const double Budget = 10;
    private readonly LargeHall _hall;
    private readonly Dictionary<string, List<(double Ms, double Commit, double Cpu)>> _steps = [];
    private readonly List<string> _refused = [];
    private IReadOnlyDictionary<string, Actor> _people = new Dictionary<string, Actor>();
    private bool _counts;
    private long _commitBegun;

    private ManyOpenCases(LargeHall hall) => _hall = hall;

    private DateOnly Today => ShanghaiTime.DayOf(_hall.Clock.GetUtcNow());

    public static async Task RunAsync()
    {
        var small = Environment.GetEnvironmentVariable("BENCH_SMALL") is not null;
        var (cases, journeys) = small ? (500, 6) : (100_000, 96);
        var built = Stopwatch.StartNew();
        await using var hall = await LargeHall.OpenAsync(cases);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases:N0} open cases in {built.Elapsed.TotalSeconds:0} s, {new FileInfo(hall.File).Length / 1048576.0:N0} MB"));
        var bench = new ManyOpenCases(hall);
        await bench.TakeStepsAsync(journeys);
        bench.PrintSteps(cases);
        await bench.LookAsync(small ? 5 : 40);
    }

    private async Task TakeStepsAsync(int journeys)
    {
        _people = await _hall.ReadAsync(async db => (IReadOnlyDictionary<string, Actor>)(await db.Staff.AsNoTracking().ToListAsync()).Select(StaffActors.Of).ToDictionary(p => p.Login));
        _hall.Services.GetRequiredService<WriterLane>().Watch = moment =>
        {
            if (moment is LaneMoment.BeforeCommit) _commitBegun = Stopwatch.GetTimestamp();
        };
        // Each story once before anything is counted: what is compiled on the way is not the step's.
        for (var i = -DemoStories.All.Count; i < journeys; i++)
        {
            _counts = i >= 0;
            await WalkAsync(DemoStories.All[(i + DemoStories.All.Count) % DemoStories.All.Count], i + DemoStories.All.Count);
        }
    }

    private async Task WalkAsync(DemoCase story, int turn)
    {
        var window = _people["duanxiaohe"];
        await TimeAsync("现场解答", new AnswerOnSite(Key(), "异地社保卡能不能在这里激活", "可以，带身份证到2号窗口，当场就好。", 14), window);
        var key = Key();
        await TimeAsync("登记：自动存草稿", new SaveDraft(key, Fields(("Subject", story.Subject), ("Story", story.Story)), null), window);
        await TimeAsync("登记：传一份材料", new KeepAttachment(key, "材料.jpg", FileKind.Jpeg, new byte[40_000], "clean"), window);
        var accepted = await TimeAsync("受理", new AcceptCase(key, new IntakeForm
        {
            Subject = story.Subject, Story = story.Story, OriginalItem = story.Item, VisitsBefore = story.Visits, ApplicantKind = story.Kind, ApplicantName = story.Name,
            Phone = $"1000{turn:0000}{story.Index:000}", Difficulty = story.Difficulty, CareFlags = story.Care,
        }), window);
        if (accepted is null) return;
        await TimeAsync("内部备注", new AddNote(accepted.Id, "电话问过，明天带户口簿来。"), window);
        await TimeAsync("看一眼电话", new RevealPhone(accepted.Id), window);
        await TimeAsync("陪办：约一步", new PlanCompanionStep(accepted.Id, "陪着去窗口补签字", Today.AddDays(1)), window);
        var asked = false;
        for (var step = 0; step < 40; step++)
        {
            await ReportAsync(accepted.Id);
            var tasks = await _hall.ReadAsync(db => db.InboxTasks.AsNoTracking().Where(t => t.CaseId == accepted.Id && t.State == TaskState.Open).OrderBy(t => t.OpenedAt).ThenBy(t => t.Id).ToListAsync());
            if (tasks.Count == 0) return;
            if (!asked && tasks.Any(t => t.Purpose is TaskPurpose.Department))
            {
                asked = true;
                await AskAsync(accepted.Id, turn);
                continue;
            }

            var task = tasks[0];
            if (task.AssignedRole == Roles.CommitteeSecretary && await MeetAsync(accepted.Id)) continue;
            var person = _people.Values.FirstOrDefault(p => task.IsOpenTo(p));
            if (person is null || task.Purpose is TaskPurpose.TellByPhone && !await TimedAsync("当面告知", new RecordTelling(accepted.Id, DeliveryWay.Phone, "电话里跟本人说清楚了。"), person)) return;
            if (task.Purpose is TaskPurpose.TellByPhone) continue;
            var schema = task.FormHash is { } hash ? await _hall.ReadAsync(db => db.TaskForms.AsNoTracking().Where(f => f.Hash == hash).Select(f => f.Schema).SingleAsync()) : null;
            var outcome = DemoAnswers.OutcomeOf(story, task.Outcomes);
            var fields = DemoAnswers.Fill(story, outcome, schema, task.AssignedUnit == story.Lead, Today);
            await TimeAsync("待办：自动存草稿", new SaveDraft(task.Id.Value, fields, null), person);
            await TimeAsync("接过来", new ClaimTask(task.Id), person);
            if (!await TimedAsync($"办完：{Kind(task)}", new CompleteTask(task.Id, outcome, fields), person)) return;
        }
    }

    /// <summary>Once per case, from the side: more time, a pause, another unit, or what was asked of a higher level.</summary>
    private async Task AskAsync(CaseId id, int turn)
    {
        var head = _people["wenjingzhi"];
        switch (turn % 4)
        {
            case 0:
                await TimedAsync("申请延期", new StartSideFlow(id, CaseEvents.ExtensionRequested, new JsonObject { ["reasonCode"] = "FACT_FINDING", ["workingDays"] = 3, ["explanation"] = "要逐份核实" }), head);
                break;
            case 1:
                await TimedAsync("停表", new StartSideFlow(id, CaseEvents.PauseRequested, new JsonObject { ["reasonCode"] = "SUPPLEMENT", ["maxWorkingDays"] = 5, ["reason"] = "等群众补材料" }), head);
                break;
            case 2:
                await TimedAsync("中途加请一家", new AskAnotherUnit(id, "HRSS", "请核对参保年限。"), head);
                break;
            default:
                await TimedAsync("记一次咨询上级", new RecordConsultation(id, "省厅", "值班处", Today, "没有先例怎么办", "按便民原则办", "电话答复"), head);
                await TimedAsync("证明、备案", new AddDocument(id, "同一人说明", "青政服〔2026〕9号", "POLICE", "HRSS", "HZ-1"), head);
                break;
        }
    }

    private async Task<bool> MeetAsync(CaseId id)
    {
        var secretary = _people["jianyining"];
        var item = await _hall.ReadAsync(db => db.AgendaItems.AsNoTracking().Where(a => a.CaseId == id && a.DecidedAt == null).Select(a => (Guid?)a.Id).FirstOrDefaultAsync());
        if (item is not { } agenda) return false;
        var meeting = await TimeAsync("召集会商", new CallMeeting(Today, "大厅3楼", [agenda]), secretary);
        if (meeting == default) return false;
        var invited = await _hall.ReadAsync(db => db.MeetingInvitations.AsNoTracking().Where(i => i.MeetingId == meeting).Select(i => i.UnitCode).ToListAsync());
        return await TimedAsync("会商结束，写纪要", new CloseMeeting(meeting, "简一宁、石立群", [new CaseMinutes(agenda, "情况属实。", "不能免证。", MinutesCheck.Agreed, [new ResolvedItem("先收件", "MARKET", Today.AddDays(2))])]) { Came = invited.ToDictionary(unit => unit, _ => "来了一位科长") }, secretary);
    }

    /// <summary>A round of what is due, then the carrier's word on every message of the case.</summary>
    private async Task ReportAsync(CaseId id)
    {
        var due = _hall.Services.GetRequiredService<IDueWork>();
        var (started, cpu) = (Stopwatch.GetTimestamp(), Cpu());
        await due.DrainAsync(default);
        if (_counts) Keep("（闹钟：看一轮，发短信）", started, 0, cpu);
        foreach (var sms in await _hall.ReadAsync(db => db.OutgoingSms.AsNoTracking().Where(s => s.CaseId == id && s.State == SmsState.HandedOver).Select(s => new { s.Id, s.Template }).ToListAsync()))
            await TimedAsync(sms.Template is "RESOLVED" or "PARTIALLY_RESOLVED" or "CANNOT_BE_DONE" ? "答复送达（报告到了）" : "短信报告", new RecordSmsReport(sms.Id, true, "DELIVRD"), Actor.Gateway);
    }

    private static string Kind(InboxTask task) => task.Title.Split('：', '（', '(')[0];

    private Guid Key() => Guid.CreateVersion7(_hall.Clock.GetUtcNow());

    private static Dictionary<string, IReadOnlyList<string>> Fields(params (string Name, string Value)[] fields) => fields.ToDictionary(f => f.Name, f => (IReadOnlyList<string>)[f.Value]);

    private async Task<bool> TimedAsync<T>(string kind, IStep<T> step, Actor actor)
    {
        var before = _refused.Count;
        await TimeAsync(kind, step, actor);
        return _refused.Count == before;
    }

    private async Task<T?> TimeAsync<T>(string kind, IStep<T> step, Actor actor)
    {
        _commitBegun = 0;
        var (started, cpu) = (Stopwatch.GetTimestamp(), Cpu());
        try
        {
            var answer = await _hall.Door.SendAsync(step, actor, default);
            if (_counts) Keep(kind, started, _commitBegun == 0 ? 0 : Stopwatch.GetElapsedTime(_commitBegun).TotalMilliseconds, cpu);
            return answer;
        }
        catch (Exception refused) when (refused is RefusedException or FormRejectedException)
        {
            _refused.Add($"{kind}: {refused.Message}");
            return default;
        }
    }

    private void Keep(string kind, long started, double commit, double cpu)
    {
        if (!_steps.TryGetValue(kind, out var row)) _steps[kind] = row = [];
        row.Add((Stopwatch.GetElapsedTime(started).TotalMilliseconds, commit, Cpu() - cpu));
    }

    /// <summary>The processor's time of this process so far: what a step costs on a machine where others work too.</summary>
    private static double Cpu() => Environment.CpuUsage.TotalTime.TotalMilliseconds;

    private void PrintSteps(int cases)
    {
        var table = new Table($"One step with {cases:N0} other cases open, SQLite, ms", "step", "times", "p50", "p95", "p99", "most", "p99 before COMMIT", "CPU p50", "CPU p95", "p99 and budget");
        foreach (var (kind, row) in _steps.OrderByDescending(s => s.Value.Select(r => r.Ms).ToList().Percentile(0.99)))
        {
            List<double> all = [.. row.Select(r => r.Ms)], work = [.. row.Select(r => r.Ms - r.Commit)], cpu = [.. row.Select(r => r.Cpu)];
            table.Add(kind, row.Count.ToString(CultureInfo.InvariantCulture), Table.Number(all.Median(), "0.00"), Table.Number(all.Percentile(0.95), "0.00"), Table.Number(all.Percentile(0.99), "0.00"),
                Table.Number(all.Max(), "0.00"), Table.Number(work.Percentile(0.99), "0.00"), Table.Number(cpu.Median(), "0.00"), Table.Number(cpu.Percentile(0.95), "0.00"), Table.OfBudget(all.Percentile(0.99), Budget));
        }

        table.Print();
        foreach (var refused in _refused.GroupBy(r => r)) Console.WriteLine($"refused {refused.Count()} ×: {refused.Key}");
    }

    /// <summary>The lists, as the pages ask for them: first page, a page from the middle, counts, searches.</summary>
    private async Task LookAsync(int times)
    {
        var cipher = _hall.Services.GetRequiredService<FieldCipher>();
        var (ahead, calendar, policy) = (_hall.Services.GetRequiredService<LateAhead>(), WorkingCalendar.BuiltIn, DeadlinePolicy.Default);
        var (number, middle) = await _hall.ReadAsync(async db =>
        {
            var row = await db.Cases.AsNoTracking().Where(c => c.State == CaseState.Open).OrderBy(c => c.Number).Skip(await db.Cases.CountAsync() / 2).Select(c => new { c.Number, c.DueOn, c.Id }).FirstAsync();
            return (row.Number, (row.DueOn!.Value, row.Id));
        });
        (string Name, string Login, Func<DeskDb, Actor, Task> Ask)[] lists =
        [
            ("收件箱：轮到我", "wenjingzhi", (db, a) => InboxQuery.MineAsync(db, a, null, default)),
            ("收件箱：组里的，站长", "wenjingzhi", (db, a) => InboxQuery.GroupAsync(db, a, null, default)),
            ("收件箱：组里的，部门", "shiliqun", (db, a) => InboxQuery.GroupAsync(db, a, null, default)),
            ("收件箱：组里的，回访员", "ansuxin", (db, a) => InboxQuery.GroupAsync(db, a, null, default)),
            ("收件箱：组里的，下一页", "wenjingzhi", async (db, a) => await InboxQuery.GroupAsync(db, a, (await InboxQuery.GroupAsync(db, a, null, default)).Next, default)),
            ("收件箱：办完的", "wenjingzhi", (db, a) => InboxQuery.DoneAsync(db, a, null, default)),
            ("收件箱：三个数，站长", "wenjingzhi", (db, a) => InboxQuery.CountsAsync(db, a, default)),
            ("收件箱：三个数，部门", "shiliqun", (db, a) => InboxQuery.CountsAsync(db, a, default)),
            ("台账：督查", "moqing", (db, a) => CaseList.OpenAsync(db, a, null, default)),
            ("台账：督查，中间一页", "moqing", (db, a) => CaseList.OpenAsync(db, a, middle, default)),
            ("台账：站长", "wenjingzhi", (db, a) => CaseList.OpenAsync(db, a, null, default)),
            ("台账：部门", "shiliqun", (db, a) => CaseList.OpenAsync(db, a, null, default)),
            ("台账：问得少的部门", "heyan", (db, a) => CaseList.OpenAsync(db, a, null, default)),
            ("台账：业务窗口，一件也没有", "hewenjing", (db, a) => CaseList.OpenAsync(db, a, null, default)),
            ("台账：督查，连会不会晚", "moqing", async (db, a) => await ahead.OfAsync(db, [.. (await CaseList.OpenAsync(db, a, null, default)).Take(CaseList.PageSize)], Today, calendar, policy, default)),
            ("时间花在谁手里，一个月", "moqing", (db, a) => TimeTotals.OfAsync(db, a, Today.AddDays(-30), Today, _hall.Clock.GetUtcNow(), policy.Hours, calendar, default)),
            ("查编号", "wenjingzhi", (db, a) => CaseList.FindAsync(db, cipher, a, number, default)),
            ("查电话", "wenjingzhi", (db, a) => CaseList.FindAsync(db, cipher, a, "10000010001", default)),
            ("查事由，常见的字", "wenjingzhi", (db, a) => CaseList.FindAsync(db, cipher, a, "户口", default)),
            ("查事由，没有的字", "wenjingzhi", (db, a) => CaseList.FindAsync(db, cipher, a, "飞碟", default)),
            ("查事由，没有的字，部门", "shiliqun", (db, a) => CaseList.FindAsync(db, cipher, a, "飞碟", default)),
            ("登记：像不像，只有事项", "duanxiaohe", (db, _) => AlikeCases.FindAsync(db, cipher, null, "不动产登记", "两个户口对不上", Today, 30, default)),
            ("登记：像不像，有电话", "duanxiaohe", (db, _) => AlikeCases.FindAsync(db, cipher, "10000010001", "不动产登记", "两个户口对不上", Today, 30, default)),
            ("案卷", "wenjingzhi", async (db, a) => await CaseView.FindAsync(db, _hall.Services.GetRequiredService<DeadlineBook>(), number, a, _hall.Clock.GetUtcNow(), default)),
        ];
        var table = new Table("The lists, ms", "list", "p50", "p95", "most", "CPU p50");
        foreach (var (name, login, ask) in lists)
        {
            var (ms, cpu) = (new List<double>(times), new List<double>(times));
            for (var i = -3; i < times; i++)
            {
                await using var scope = _hall.Services.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
                var (started, before) = (Stopwatch.GetTimestamp(), Cpu());
                await ask(db, _people[login]);
                if (i < 0) continue;
                ms.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                cpu.Add(Cpu() - before);
            }

            table.Add(name, Table.Number(ms.Median(), "0.00"), Table.Number(ms.Percentile(0.95), "0.00"), Table.Number(ms.Max(), "0.00"), Table.Number(cpu.Median(), "0.00"));
        }

        table.Print();
    }
}
