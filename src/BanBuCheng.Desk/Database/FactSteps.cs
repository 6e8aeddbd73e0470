using BanBuCheng.Desk.Steps;
using MediatR;
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
