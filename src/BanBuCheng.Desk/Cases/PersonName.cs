using System.Globalization;

namespace BanBuCheng.Desk.Cases;

/// <summary>姓名 — masked as officials do: <c>张*</c>, compound surnames kept whole (<c>欧阳**</c>). Counts text elements: 𠮷 is one.</summary>
public static class PersonName
{
    private static readonly HashSet<string> CompoundSurnames =
        ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯", "长孙", "宇文", "南宫", "端木", "百里", "呼延"];

    public static string Mask(string name)
    {
        var elements = new StringInfo(name.Trim());
        var count = elements.LengthInTextElements;
        if (count == 0) return "";
        if (count > 2 && CompoundSurnames.Contains(elements.SubstringByTextElements(0, 2)))
            return elements.SubstringByTextElements(0, 2) + new string('*', Math.Min(count - 2, 2));
        return elements.SubstringByTextElements(0, 1) + new string('*', Math.Clamp(count - 1, 1, 2));
    }
}
