using BanBuCheng.Desk.Offices;
using Microsoft.AspNetCore.Identity;

namespace BanBuCheng.Web.SignIn;

/// <summary>ASP.NET Core's password hasher (PBKDF2, salted). An unknown person costs the same time as a known one.</summary>
internal sealed class PasswordCheck : IPasswordCheck
{
    private static readonly PasswordHasher<PasswordCheck> Hasher = new();
    private readonly string _nobody = Hasher.HashPassword(null!, Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)));

    public bool Fits(string? hash, string password) =>
        Hasher.VerifyHashedPassword(null!, hash ?? _nobody, password) is not PasswordVerificationResult.Failed && hash is not null;

    public string Hash(string password) => Hasher.HashPassword(null!, password);
}
