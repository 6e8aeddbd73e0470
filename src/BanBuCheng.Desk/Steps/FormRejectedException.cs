namespace BanBuCheng.Desk.Steps;

/// <summary>A form with faults reached a step: field name → sentence in Chinese, to stand beside the field. Nothing was changed.</summary>
#pragma warning disable CA1032 // Without its faults it would say nothing.
public sealed class FormRejectedException(IReadOnlyDictionary<string, string> faults) : Exception($"Form rejected: {string.Join(", ", faults.Keys)}")
#pragma warning restore CA1032
{
    public IReadOnlyDictionary<string, string> Faults { get; } = faults;
}
