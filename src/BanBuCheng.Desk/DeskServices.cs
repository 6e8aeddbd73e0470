using BanBuCheng.Desk.Attachments;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Database.Postgres;
using BanBuCheng.Desk.Database.Sqlite;
using BanBuCheng.Desk.Database.SqlServer;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Gate;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Reply;
using BanBuCheng.Desk.ReturnVisit;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Desk.Triage;
using BanBuCheng.Desk.Watch;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BanBuCheng.Desk;

/// <summary>The desk's registrations, explicit and in one place: a list is readable, a scan is not.</summary>
public static class DeskServices
{
    /// <param name="services">The host's collection; must bring an <see cref="IBell"/>, an SMS gateway and an <see cref="IPasswordCheck"/>.</param>
    /// <param name="provider">Which database.</param>
    /// <param name="connection">Its connection string.</param>
    /// <param name="masterKey">The 32 bytes of the key file.</param>
    /// <param name="dataFolder">Where the newest checkpoint is written down outside the database; null for nowhere.</param>
    public static IServiceCollection AddDesk(this IServiceCollection services, DatabaseProvider provider, string connection, byte[] masterKey, string? dataFolder = null)
    {
        AddDatabase(services, provider, connection);
        services.AddSingleton(new FieldCipher(masterKey));
        services.AddSingleton(new JournalSeal(masterKey, dataFolder));
        services.AddSingleton(_ => new WriterLane(provider is DatabaseProvider.Sqlite ? connection : null));
        services.TryAddSingleton(WorkingCalendar.BuiltIn);
        services.AddSingleton<CalendarShelf>();
        services.AddOptions<HallOptions>().BindConfiguration(HallOptions.Section).ValidateOnStart();
        services.AddSingleton<Microsoft.Extensions.Options.IValidateOptions<HallOptions>, HallOptionsValidator>();

        services.AddScoped<StepScope>();
        services.AddSingleton<StepDoor>();
        services.AddScoped<ServiceFactory>(scope => scope.GetRequiredService!);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(OneStepOneTransaction<,>));

        services.AddScoped<DeadlineBook>();
        services.AddSingleton<LateAhead>();
        services.AddScoped<CaseJournal>();
        services.AddScoped<CasePauses>();
        services.AddScoped<PasswordDesk>();
        services.AddScoped<FlowCases>();
        services.AddScoped<TaskOpener>();
        services.AddScoped<TakeOverWatch>();
        services.AddScoped<LateBook>();
        services.AddScoped<FellowCases>();
        services.AddScoped<DispatchBook>();
        services.AddScoped<UnitReturns>();
        services.AddScoped<StaffTeller>();
        services.AddScoped<CaseReclasses>();
        services.AddScoped<FilingReceipts>();
        services.AddScoped<SolutionBook>();
        services.AddScoped<ItemsToCarryOut>();
        services.AddScoped<SupplementBook>();
        services.AddScoped<CaseVisits>();
        services.AddScoped<FormRecorders>();
        services.AddScoped<SmsDesk>();
        services.AddScoped<NoticeDesk>();
        services.AddSingleton<AttachmentDesk>();
        services.AddSingleton<IAttachmentScanner, NoScanner>();
        services.AddSingleton<SmsSender>();
        services.AddSingleton<NightlyCheck>();
        services.AddOptions<WatchOptions>().BindConfiguration(WatchOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IDueWork, DueWork>();
        services.AddOptions<FlowShelfOptions>().BindConfiguration(FlowShelfOptions.Section);
        services.AddOptions<FlowHistoryOptions>().BindConfiguration(FlowHistoryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FlowShelf>();
        AddFormRecorders(services);
        AddSteps(services);

        services.AddSingleton(new ActivityCatalogue([.. BuiltIn.Descriptors, .. Palette]));
        services.AddSingleton<IHostValues, CaseHostValues>();
        services.AddSingleton<IHostValues, RegisterHostValues>();
        services.AddSingleton(new FlowOptions
        {
            // On the desk a fault is an operator's task, never the end of a case. A refusal of the domain inside a flow is such a fault too.
            ContinueWithIncidents = true,
            MustEscape = FlowServices.IsOfTheDatabase,
            CronZone = ShanghaiTime.Zone,
            KeepStimuliThatOnlyStarted = false,
            FindsPartsByNumber = false,
            RaisesStuck = true,
        });
        services.AddScoped<PublishGate>();
        services.AddScoped<IFlowGate>(scope => scope.GetRequiredService<PublishGate>());
        services.AddScoped<FlowCheckup>();
        services.AddFlows<DeskDb>();
        return services;
    }

    /// <summary>The government activities, in the order of the designer's palette.</summary>
    public static IReadOnlyList<ActivityDescriptor> Palette { get; } =
    [
        .. CasePalette.All, HumanTaskActivity.Descriptor, NotifyStaffActivity.Descriptor, RecordLateActivity.Descriptor, DepartmentTasksActivity.Descriptor, EscalateActivity.Descriptor, ExtendDeadlineActivity.Descriptor,
        WorkingDayTimerActivity.Descriptor, SendSmsActivity.Descriptor, DeliverReplyActivity.Descriptor, ReturnVisitActivity.Descriptor,
    ];

    private static void AddDatabase(IServiceCollection services, DatabaseProvider provider, string connection)
    {
        switch (provider)
        {
            case DatabaseProvider.Sqlite:
                services.AddDbContextPool<SqliteDeskDb>(options => DatabaseSetup.Configure(options, provider, connection));
                services.AddSingleton<LaneContexts>();
                // Who has a turn gets the lane's context, everybody else one that can only read. One registration and no more: a scope
                // disposes what each of them gave it, and a context must go back to its pool once.
                services.AddScoped<DeskDb>(scope => scope.GetRequiredService<StepScope>().Turn is null
                    ? scope.GetRequiredService<SqliteDeskDb>() : scope.GetRequiredService<LaneContexts>().Create());
                break;
            case DatabaseProvider.Postgres:
                services.AddDbContextPool<PostgresDeskDb>(options => DatabaseSetup.Configure(options, provider, connection));
                services.AddScoped<DeskDb>(scope => scope.GetRequiredService<PostgresDeskDb>());
                break;
            default:
                services.AddDbContextPool<SqlServerDeskDb>(options => DatabaseSetup.Configure(options, provider, connection));
                services.AddScoped<DeskDb>(scope => scope.GetRequiredService<SqlServerDeskDb>());
                break;
        }
    }

    private static void AddFormRecorders(IServiceCollection services)
    {
        services.AddScoped<IFormRecorder, JudgementRecorder>();
        services.AddScoped<IFormRecorder, SupplementRecorder>();
        services.AddScoped<IFormRecorder, ReturnRecorder>();
        services.AddScoped<IFormRecorder, AdoptionRecorder>();
        services.AddScoped<IFormRecorder, ReplyRecorder>();
        services.AddScoped<IFormRecorder, SolutionRecorder>();
        services.AddScoped<IFormRecorder, ChallengeRecorder>();
        services.AddScoped<IFormRecorder, DocumentRecorder>();
        services.AddScoped<IFormRecorder, NoteRecorder>();
        services.AddScoped<CommitteeAgenda>();
        services.AddScoped<BottleneckBook>();
        services.AddScoped<BottleneckDates>();
        services.AddScoped<IFormRecorder, BottleneckRecorder>();
        services.AddScoped<IFormRecorder, BottleneckReviewRecorder>();
        services.AddScoped<IFormRecorder, AttendanceRecorder>();
        services.AddScoped<IFormRecorder, LateReasonRecorder>();
        services.AddScoped<IFormRecorder, RemainderRecorder>();
    }

    private static void AddSteps(IServiceCollection services)
    {
        services.AddScoped<IRequestHandler<AcceptCase, AcceptedCase>, AcceptCaseHandler>();
        services.AddScoped<IRequestHandler<AnswerOnSite, AnsweredOnSite>, AnswerOnSiteHandler>();
        services.AddScoped<IRequestHandler<SayAboutWindow, AcceptedCase>, SayAboutWindowHandler>();
        services.AddScoped<IRequestHandler<NameAgent, Unit>, NameAgentHandler>();
        services.AddScoped<IRequestHandler<RevokeAgent, Unit>, RevokeAgentHandler>();
        services.AddScoped<IRequestHandler<RecordAgencyStep, Unit>, RecordAgencyStepHandler>();
        services.AddScoped<IRequestHandler<KeepAttachment, Unit>, KeepAttachmentHandler>();
        services.AddScoped<IRequestHandler<OpenAttachment, OpenedAttachment>, OpenAttachmentHandler>();
        services.AddScoped<IRequestHandler<AskAnotherUnit, Unit>, AskAnotherUnitHandler>();
        services.AddScoped<IRequestHandler<SetDispatchRule, Guid>, DispatchHandler>();
        services.AddScoped<IRequestHandler<EndDispatchRule, Unit>, DispatchHandler>();
        services.AddScoped<IRequestHandler<RecordConsultation, Unit>, RecordConsultationHandler>();
        services.AddScoped<IRequestHandler<AddDocument, Unit>, AddDocumentHandler>();
        services.AddScoped<IRequestHandler<RecordPraise, Unit>, RecordPraiseHandler>();
        services.AddScoped<IRequestHandler<SeeNotices, int>, SeeNoticesHandler>();
        services.AddScoped<IRequestHandler<ClaimTask, Unit>, ClaimTaskHandler>();
        services.AddScoped<IRequestHandler<PutBackTask, Unit>, PutBackTaskHandler>();
        services.AddScoped<IRequestHandler<CompleteTask, CaseId>, CompleteTaskHandler>();
        services.AddScoped<IRequestHandler<SaveDraft, SavedDraft>, SaveDraftHandler>();
        services.AddScoped<IRequestHandler<RecordTelling, Unit>, RecordTellingHandler>();
        services.AddScoped<IRequestHandler<RecordSmsReport, Unit>, SmsReportHandler>();
        services.AddScoped<IRequestHandler<LeaseSms, LeasedSms?>, LeaseSmsHandler>();
        services.AddScoped<IRequestHandler<RecordHandOver, Unit>, RecordHandOverHandler>();
        services.AddScoped<IRequestHandler<FireTimer, bool>, FireTimerHandler>();
        services.AddScoped<IRequestHandler<LeaseTimers, IReadOnlyList<DueTimer>>, LeaseTimersHandler>();
        services.AddScoped<IRequestHandler<ForgetHistory, int>, ForgetHistoryHandler>();
        services.AddScoped<IRequestHandler<StartSideFlow, Unit>, StartSideFlowHandler>();
        services.AddScoped<IRequestHandler<ImportFlowFiles, IReadOnlyList<FileImport>>, ImportFlowFilesHandler>();
        services.AddScoped<IRequestHandler<SaveFlow, SavedFlow>, SaveFlowHandler>();
        services.AddScoped<IRequestHandler<PublishFlow, SavedFlow>, PublishFlowHandler>();
        services.AddScoped<IRequestHandler<ImportFlow, ImportedFlow>, ImportFlowHandler>();
        services.AddScoped<IRequestHandler<RetractFlow, bool>, RetractFlowHandler>();
        services.AddScoped<IRequestHandler<RevertFlow, StoredDefinition>, RevertFlowHandler>();
        services.AddScoped<IRequestHandler<DeleteFlow, Unit>, DeleteFlowHandler>();
        services.AddScoped<IRequestHandler<StopInstance, bool>, StopInstanceHandler>();
        services.AddScoped<OperatorDesk>();
        services.AddScoped<InstanceOffers>();
        services.AddScoped<IRequestHandler<RetryIncident, Unit>, RetryIncidentHandler>();
        services.AddScoped<IRequestHandler<GoOnFromStep, Unit>, GoOnFromStepHandler>();
        services.AddScoped<IRequestHandler<SkipIncident, Unit>, SkipIncidentHandler>();
        services.AddScoped<IRequestHandler<RepairIncident, Unit>, RepairIncidentHandler>();
        services.AddScoped<IRequestHandler<CancelFlow, Unit>, CancelFlowHandler>();
        services.AddScoped<IRequestHandler<RollBackFlow, Publication>, RollBackFlowHandler>();
        services.AddScoped<IRequestHandler<MoveFlow, IReadOnlyList<MoveFault>>, MoveFlowHandler>();
        services.AddScoped<IRequestHandler<SweepStimuli, int>, SweepStimuliHandler>();
        services.AddScoped<IRequestHandler<ChangePolicy, int>, ChangePolicyHandler>();
        services.AddScoped<IRequestHandler<ProposeNotice, Guid>, ProposeCalendarHandler>();
        services.AddScoped<IRequestHandler<ProposeLocalDays, Guid>, ProposeCalendarHandler>();
        services.AddScoped<IRequestHandler<PutCalendarChangeInForce, int>, DecideCalendarHandler>();
        services.AddScoped<IRequestHandler<DeclineCalendarChange, Unit>, DecideCalendarHandler>();
        services.AddScoped<IRequestHandler<AskCalendarUndo, Unit>, DecideCalendarHandler>();
        services.AddScoped<IRequestHandler<UndoCalendarChange, int>, DecideCalendarHandler>();
        services.AddScoped<IRequestHandler<KeepCalendarChange, Unit>, DecideCalendarHandler>();
        services.AddScoped<IRequestHandler<FollowCalendar, int>, FollowCalendarHandler>();
        services.AddScoped<IRequestHandler<LiftPauses, int>, LiftPausesHandler>();
        services.AddScoped<IRequestHandler<PlanCompanionStep, Unit>, CompanionHandler>();
        services.AddScoped<IRequestHandler<FinishCompanionStep, Unit>, CompanionHandler>();
        services.AddScoped<IRequestHandler<RecordContact, Unit>, RecordContactHandler>();
        services.AddScoped<IRequestHandler<CallMeeting, Guid>, CallMeetingHandler>();
        services.AddScoped<IRequestHandler<CloseMeeting, Unit>, CloseMeetingHandler>();
        services.AddScoped<IRequestHandler<BeginCluster, Guid>, ClusterHandler>();
        services.AddScoped<IRequestHandler<JoinCluster, Unit>, ClusterHandler>();
        services.AddScoped<IRequestHandler<LeaveCluster, Unit>, ClusterHandler>();
        services.AddScoped<IRequestHandler<WriteStudy, Unit>, ClusterHandler>();
        services.AddScoped<IRequestHandler<FindBottleneck, Guid>, BottleneckHandler>();
        services.AddScoped<IRequestHandler<DescribeBottleneck, Unit>, BottleneckHandler>();
        services.AddScoped<IRequestHandler<ChangeClause, int>, BottleneckHandler>();
        services.AddScoped<IRequestHandler<MakeCheckpoint, bool>, MakeCheckpointHandler>();
        services.AddScoped<IRequestHandler<RecordNightlyCheck, NightlyFinding?>, RecordNightlyCheckHandler>();
        services.AddScoped<IRequestHandler<SetFact, Unit>, SetFactHandler>();
        services.AddScoped<IRequestHandler<KeepDataProtectionKey, Unit>, KeepDataProtectionKeyHandler>();
        services.AddScoped<IRequestHandler<OpenOffices, Unit>, OpenOfficesHandler>();
        services.AddScoped<IRequestHandler<CreateFirstAdministrator, Unit>, CreateFirstAdministratorHandler>();
        services.AddScoped<IRequestHandler<RecordSignIn, SignedInPerson?>, RecordSignInHandler>();
        services.AddScoped<IRequestHandler<ChangePassword, Unit>, ChangePasswordHandler>();
        services.AddScoped<IRequestHandler<RevealPhone, string>, RevealPhoneHandler>();
        services.AddScoped<IRequestHandler<AddNote, Unit>, AddNoteHandler>();
    }
}
