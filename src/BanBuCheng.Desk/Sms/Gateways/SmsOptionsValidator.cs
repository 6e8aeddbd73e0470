using Microsoft.Extensions.Options;

namespace BanBuCheng.Desk.Sms.Gateways;

[OptionsValidator]
internal sealed partial class SmsOptionsRanges : IValidateOptions<SmsOptions>;

/// <summary>What the attributes cannot say: the chosen gateway's own needs.</summary>
internal sealed class SmsOptionsValidator : IValidateOptions<SmsOptions>
{
    public ValidateOptionsResult Validate(string? name, SmsOptions options)
    {
        var ranges = new SmsOptionsRanges().Validate(name, options);
        if (ranges.Failed) return ranges;
        return options.Gateway == KannelSmsGateway.GatewayName && options.Kannel.Password.Length == 0
            ? ValidateOptionsResult.Fail("Expected a password for Kannel, but Sms:Kannel:Password is empty. Give it in the environment as Sms__Kannel__Password.")
            : ValidateOptionsResult.Success;
    }
}
