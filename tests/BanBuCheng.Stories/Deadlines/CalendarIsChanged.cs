using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Deadlines;

/// <summary>放假安排改了：先看谁的期限会变，第二个人同意了才起用，没办结的一件件重新数，群众知道；改错了可以撤。</summary>
public sealed class CalendarIsChanged
{
    private const string Prolonged =
        """
        国务院办公厅关于延长2020年春节假期的通知
        各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
        现将延长2020年春节假期的安排通知如下。
        一、延长2020年春节假期至2月2日（农历正月初九，星期日），2月3日（星期一）起正常上班。
        国务院办公厅
        2020年1月27日
        """;

    private const string LabourDay =
        """
        国务院办公厅关于调整2019年劳动节假期安排的通知
        各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
        一、2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
        国务院办公厅
        2019年4月26日
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "春节延长：只有落在里面的那一件变，由另一个人同意，群众收到短信；当时按哪个日历数的，还能再数一遍")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_prolonged_festival_moves_exactly_the_cases_it_touches(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2020-01-16 09:00", calendar: WorkingCalendar.BuiltIn.AsKnownOn(new(2020, 1, 20)));
        var complex = await hall.AcceptsAsync();
        var simple = await hall.AcceptsSimpleAsync("10012345671");
        Assert.Equal((new DateOnly(2020, 2, 4), new DateOnly(2020, 1, 20)), (complex.DueOn, simple.DueOn));

        await hall.ItIsAsync("2020-01-27 10:00");
        var id = await hall.DoAsync("袁博", new ProposeNotice(Prolonged));
        var preview = await PreviewAsync(hall, id);
        var move = Assert.Single(preview.Moves);
        Assert.Equal((complex.Number, new DateOnly(2020, 2, 4), new DateOnly(2020, 2, 6), false), (move.Number, move.From, move.To, move.Earlier));
        await hall.ItIsAsync("2020-01-27 10:30");
        Assert.Equal(new DateOnly(2020, 2, 4), (await hall.CaseAsync(complex.Number)).Case.DueOn); // 提了还没用

        Assert.Equal("calendar.four-eyes", (await HallWork.RefusedAsync(() => hall.DoAsync("袁博", new PutCalendarChangeInForce(id, 0)))).Code);
        Assert.Equal("who.role-needed", (await HallWork.RefusedAsync(() => hall.DoAsync("石立群", new PutCalendarChangeInForce(id, 0)))).Code);
        Assert.Equal("calendar.changed-meanwhile", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", new PutCalendarChangeInForce(id, 7)))).Code);
        await hall.DoAsync("温敬之", new PutCalendarChangeInForce(id, 0));
        await hall.ItIsAsync("2020-01-28 09:00");

        var moved = await hall.CaseAsync(complex.Number);
        Assert.Equal((new DateOnly(2020, 2, 6), moved.Case.DueOn), (moved.Case.DueOn!.Value, moved.Why!.Date));
        Assert.Contains(await hall.MessagesAsync(complex.Number), text => text.Contains("因国家节假日安排调整", StringComparison.Ordinal) && text.Contains("由2月4日变为2月6日", StringComparison.Ordinal));
        Assert.Equal(1, await hall.JournalledAsync(complex.Id, JournalKinds.DueMoved));
        Assert.Equal((new DateOnly(2020, 1, 20), 0), ((await hall.CaseAsync(simple.Number)).Case.DueOn!.Value, await hall.JournalledAsync(simple.Id, JournalKinds.DueMoved)));

        // 那一天答应2月4日，用那一天的日历再数一遍，还是2月4日；重启以后也是
        await hall.RestartAsync();
        await hall.ReadAsync(async db =>
        {
            var book = ActivatorUtilities.CreateInstance<DeadlineBook>(hall.Services, db);
            var (then, version) = book.CalendarAsOf(Hall.Local("2020-01-20 12:00"));
            Assert.Equal((new DateOnly(2020, 2, 4), 0), (then.Due(new(2020, 1, 16), 10).Date, version));
            Assert.Equal(new DateOnly(2020, 2, 6), book.Calendar.Due(new(2020, 1, 16), 10).Date);
            return await db.CalendarVersions.CountAsync(Ct);
        });
    }

    [Theory(DisplayName = "期限变早：定时跟着提前，经办人收到重新安排的待办；撤销要两个人，撤了数回来")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task An_earlier_date_warns_the_handler_and_an_undo_brings_it_back(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2019-04-25 09:00", calendar: WorkingCalendar.BuiltIn.AsKnownOn(new(2019, 3, 1)));
        var simple = await hall.AcceptsSimpleAsync();
        Assert.Equal(new DateOnly(2019, 4, 30), simple.DueOn);
        await hall.ItIsAsync("2019-04-26 10:00");
        var id = await hall.DoAsync("栗知行", new ProposeNotice(LabourDay));
        await hall.DoAsync("蔡成明", new PutCalendarChangeInForce(id, 0));
        await hall.ItIsAsync("2019-04-26 10:01");
        Assert.Equal(new DateOnly(2019, 4, 29), (await hall.CaseAsync(simple.Number)).Case.DueOn);
        Assert.True(await hall.HasTaskAsync("段小禾", simple.Number, "期限提前了"));

        // 剩一天催办：照老定时是29日，现在周日上班，28日一上班就催
        await hall.ItIsAsync("2019-04-28 08:59");
        Assert.False(await hall.HasTaskAsync("温敬之", simple.Number, "催办"));
        await hall.ItIsAsync("2019-04-28 09:00");
        Assert.True(await hall.HasTaskAsync("温敬之", simple.Number, "催办"));

        await hall.DoAsync("栗知行", new AskCalendarUndo(id, "录错了年份"));
        Assert.Equal("calendar.four-eyes", (await HallWork.RefusedAsync(() => hall.DoAsync("栗知行", new UndoCalendarChange(id, 1)))).Code);
        await hall.DoAsync("温敬之", new UndoCalendarChange(id, 1));
        await hall.ItIsAsync("2019-04-28 09:05");
        Assert.Equal(new DateOnly(2019, 4, 30), (await hall.CaseAsync(simple.Number)).Case.DueOn);
        Assert.Equal(2, await hall.JournalledAsync(simple.Id, JournalKinds.DueMoved));
        Assert.Equal("calendar.no-undo-asked", (await HallWork.RefusedAsync(() => hall.DoAsync("蔡成明", new UndoCalendarChange(id, 2)))).Code);
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "短信两小时没有报告就打电话：两小时数的是办公时间，放假延长了，打电话的时刻跟着往后")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_patience_of_a_message_follows_the_calendar(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2020-01-16 09:00", calendar: WorkingCalendar.BuiltIn.AsKnownOn(new(2020, 1, 20)));
        var accepted = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(accepted.Number);
        await hall.ItIsAsync("2020-01-23 16:30");
        await hall.DraftsAsync(accepted.Number); // 下班前半小时；照原来的安排，1月31日上班以后一个半小时

        await hall.ItIsAsync("2020-01-27 10:00");
        var id = await hall.DoAsync("袁博", new ProposeNotice(Prolonged));
        await hall.DoAsync("温敬之", new PutCalendarChangeInForce(id, 0));
        await hall.ItIsAsync("2020-01-31 12:00");
        Assert.False(await hall.HasTaskAsync("段小禾", accepted.Number, "打电话"));
        await hall.ItIsAsync("2020-02-03 10:29");
        Assert.False(await hall.HasTaskAsync("段小禾", accepted.Number, "打电话"));
        await hall.ItIsAsync("2020-02-03 10:30");
        Assert.True(await hall.HasTaskAsync("段小禾", accepted.Number, "打电话把答复"));

        // 最后一天不晚于下班前两小时，跟着新的最后一天走
        var (hours, calendar) = (HallHours.Default, WorkingCalendar.BuiltIn);
        Assert.Equal(Hall.Local("2020-02-06 15:00"), Desk.Notices.NoticeDesk.PatienceEnds(Hall.Local("2020-02-06 14:00"), new(2020, 2, 6), hours, calendar));
        Assert.Equal(Hall.Local("2020-02-06 16:00"), Desk.Notices.NoticeDesk.PatienceEnds(Hall.Local("2020-02-06 14:00"), new(2020, 2, 7), hours, calendar));
    }

    [Fact(DisplayName = "本地放假三天：州庆那三天不数，通知里的不变；写得不对，说哪里不对")]
    public async Task Local_days_lie_over_the_notices()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2025-07-11 09:00");
        var accepted = await hall.AcceptsAsync();
        Assert.Equal(new DateOnly(2025, 7, 25), accepted.DueOn);
        var faults = (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("袁博", new ProposeLocalDays(new LocalDays("", "", "7月16日", ""))))).Faults;
        Assert.Equal(["number", "off", "title"], faults.Keys.Order());

        var id = await hall.DoAsync("袁博", new ProposeLocalDays(new LocalDays("州庆", "青政发〔2025〕9号", "2025-07-16至2025-07-18", "")));
        await hall.DoAsync("温敬之", new PutCalendarChangeInForce(id, 0));
        await hall.ItIsAsync("2025-07-11 09:05");
        var moved = await hall.CaseAsync(accepted.Number);
        Assert.Equal(new DateOnly(2025, 7, 30), moved.Case.DueOn);
        Assert.Contains(moved.Why!.Derivation, day => day.Reason == "州庆放假");
        Assert.Equal("calendar.already-there", (await HallWork.RefusedAsync(() => hall.DoAsync("袁博", new ProposeLocalDays(new LocalDays("州庆", "青政发〔2025〕9号", "2025-07-16至2025-07-18", ""))))).Code);
    }

    [Fact(DisplayName = "四十五件分步重数：每步几件，中途重启也不漏、不重")]
    public async Task Many_cases_follow_in_small_steps()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2020-01-16 09:00", calendar: WorkingCalendar.BuiltIn.AsKnownOn(new(2020, 1, 20)));
        for (var i = 0; i < 45; i++) await hall.AcceptsAsync(HallWork.Form with { Phone = $"100{i:00000000}" });
        var id = await hall.DoAsync("袁博", new ProposeNotice(Prolonged));
        await hall.DoAsync("温敬之", new PutCalendarChangeInForce(id, 0));
        Assert.Equal(20, await hall.Door.SendAsync(new Desk.Flows.FollowCalendar(), Actor.Clock, Ct));
        await hall.RestartAsync();
        await hall.ItIsAsync("2020-01-16 09:01");
        Assert.Equal(45, await hall.ReadAsync(db => db.Cases.CountAsync(c => c.DueOn == new DateOnly(2020, 2, 6) && c.CalendarVersion == 1, Ct)));
        Assert.Equal(45, await hall.ReadAsync(db => db.CaseJournal.CountAsync(e => e.Kind == JournalKinds.DueMoved, Ct)));
        Assert.Equal(45, await hall.ReadAsync(db => db.OutgoingSms.CountAsync(s => s.Template == "RECALCULATED", Ct)));
    }

    private static Task<MovedDates> PreviewAsync(Hall hall, Guid change) => hall.ReadAsync(async db =>
    {
        var calendar = ActivatorUtilities.CreateInstance<DeadlineBook>(hall.Services, db).Calendar;
        return await MovedDates.OfAsync(db, calendar, calendar.With((await db.CalendarChanges.SingleAsync(c => c.Id == change, Ct)).Notice), Ct);
    });
}
