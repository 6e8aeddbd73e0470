using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Database;

/// <summary>Writes a fact about this data folder.</summary>
public sealed record SetFact(string Name, string Value) : IStep;

internal sealed class SetFactHandler(DeskDb db) : IRequestHandler<SetFact, Unit>
{
    public async Task<Unit> Handle(SetFact request, CancellationToken cancellationToken)
    {
        var fact = await db.Facts.FirstOrDefaultAsync(f => f.Name == request.Name, cancellationToken);
        if (fact is null) db.Facts.Add(DeskFact.Of(request.Name, request.Value));
        else fact.Become(request.Value);
        return Unit.Value;
    }
}

/// <summary>Keeps a key of the host's cookies and form tokens, so that all nodes and the next start know it.</summary>
public sealed record KeepDataProtectionKey(string Name, string Xml) : IStep;

internal sealed class KeepDataProtectionKeyHandler(DeskDb db) : IRequestHandler<KeepDataProtectionKey, Unit>
{
    public Task<Unit> Handle(KeepDataProtectionKey request, CancellationToken cancellationToken)
    {
        db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = request.Name, Xml = request.Xml });
        return Unit.Task;
    }
}
