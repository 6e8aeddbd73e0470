namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>The meaning of a colour. Words and a shape always stand beside it.</summary>
public enum Tone { Rest, Ok, Warn, Late, Brand, Meet }
