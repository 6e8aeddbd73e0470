namespace BanBuCheng.Engine.Documents;

/// <summary>Something in a document that a person should know, instead of an exception.</summary>
/// <param name="IsError">The document cannot be run as drawn; else it runs, but part of it is not understood.</param>
/// <param name="Path">JSON path of the place, <c>$.root.activities[3].id</c>.</param>
public sealed record DocumentFinding(bool IsError, string Path, string Message, string? ActivityId = null);
