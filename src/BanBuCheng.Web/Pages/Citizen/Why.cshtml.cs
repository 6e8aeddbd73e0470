using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Web.Pages.Citizen;

/// <summary>为什么是这一天, on a page of its own: nothing to unfold.</summary>
internal sealed class WhyModel(DeskDb db, DeadlineBook deadlines, FieldCipher cipher, QueryTicket ticket, TimeProvider clock, IOptions<HallOptions> hall)
    : CaseModel(db, deadlines, cipher, ticket, clock, hall);
