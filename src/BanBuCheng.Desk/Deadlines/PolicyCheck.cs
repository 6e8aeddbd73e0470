namespace BanBuCheng.Desk.Deadlines;

/// <summary>政策表的检查 — one sentence per field that is wrong, in the words of the form.</summary>
internal static class PolicyCheck
{
    public static IReadOnlyList<PolicyFault> Faults(DeadlinePolicy policy)
    {
        var faults = new List<PolicyFault>();
        Number(nameof(policy.Simple), "简单时限", policy.Simple, 1, 60);
        Number(nameof(policy.Complex), "复杂时限", policy.Complex, 1, 60);
        Number(nameof(policy.Special), "特殊时限", policy.Special, 1, 60);
        Number(nameof(policy.Ceiling), "延时上限", policy.Ceiling, 1, 120);
        Number(nameof(policy.Extensions), "延时次数", policy.Extensions, 0, 3);
        Number(nameof(policy.YellowAt), "黄灯提前的工作日", policy.YellowAt, 0, 30);
        Number(nameof(policy.WarnAt), "提醒提前的工作日", policy.WarnAt, 0, 30);
        Number(nameof(policy.BlueAtPercent), "蓝灯的百分比", policy.BlueAtPercent, 1, 100);
        Number(nameof(policy.EscalateAfter), "超期提级的工作日", policy.EscalateAfter, 1, 60);
        Number(nameof(policy.TakeOverWithin), "接手提醒的办公小时", policy.TakeOverWithin, 0, 40);
        Number(nameof(policy.BackdateWithin), "补录的工作日", policy.BackdateWithin, 0, 10);
        Number(nameof(policy.AlikeWithin), "查重复的天数", policy.AlikeWithin, 1, 365);
        Number(nameof(policy.VisitResolved), "办成的回访比例", policy.VisitResolved, 1, 100);
        Number(nameof(policy.VisitPartly), "部分办成的回访比例", policy.VisitPartly, 1, 100);
        Number(nameof(policy.VisitRefused), "不能办的回访比例", policy.VisitRefused, 1, 100);
        Number(nameof(policy.VisitOther), "其他的回访比例", policy.VisitOther, 1, 100);
        Number(nameof(policy.LongestPause), "中止最长的工作日", policy.LongestPause, 1, 60);
        if (faults.Count == 0) Relations();
        if (!policy.Hours.InOrder) faults.Add(new(nameof(policy.Hours), "办公时间要从早到晚：上午开门、上午关门、下午开门、下午关门。"));
        if (string.IsNullOrWhiteSpace(policy.HoursBasis)) faults.Add(new(nameof(policy.HoursBasis), "办公时间的依据还没写。"));
        return faults;

        void Number(string field, string name, PolicyNumber number, int least, int most)
        {
            if (number.Value < least || number.Value > most)
            {
                faults.Add(new(field, $"{name}要在{least}到{most}之间，现在是{number.Value}。"));
            }

            if (string.IsNullOrWhiteSpace(number.Basis)) faults.Add(new(field, $"{name}的依据还没写。"));
        }

        void Relations()
        {
            if (policy.Simple.Value > policy.Complex.Value) faults.Add(new(nameof(policy.Simple), "简单的时限不能比复杂的长，请改短，或者把复杂的改长。"));
            var longest = Math.Max(policy.Complex.Value, policy.Special.Value);
            if (policy.CeilingCounts == ExtensionCeiling.Total && policy.Ceiling.Value < longest)
            {
                faults.Add(new(nameof(policy.Ceiling), $"延时上限从受理起合计，不能比时限本身短：现在上限{policy.Ceiling.Value}，时限{longest}。"));
            }

            if (policy.WarnAt.Value < policy.YellowAt.Value)
            {
                faults.Add(new(nameof(policy.WarnAt), "提醒不能比黄灯还晚：提醒的工作日要不少于黄灯的。"));
            }
        }
    }
}
