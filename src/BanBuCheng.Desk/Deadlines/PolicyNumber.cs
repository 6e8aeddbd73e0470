namespace BanBuCheng.Desk.Deadlines;

/// <summary>有依据的数 — a number of the policy and the rule it comes from; a number nobody can found is not a rule.</summary>
public sealed record PolicyNumber(int Value, string Basis);
