using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Stories.Given;
using BanBuCheng.Web.Demo;

namespace BanBuCheng.Stories.Kills;

/// <summary>
/// The people at their browsers: each keeps their cookies over every restart, as a browser does, and knows what to write on each kind
/// of task.
/// </summary>
internal sealed partial class Staff
{
    private readonly ConcurrentDictionary<string, (string Cookies, string Token)> _signedIn = new();

    /// <summary>Everybody comes in, before anything is killed.</summary>
    public async Task SignInAsync(ServedHall node, IEnumerable<string> logins)
    {
        foreach (var login in logins) await SignedInAsync(node, login);
    }

    /// <summary>Whether an answer says that the step was taken; an answer that did not come says nothing.</summary>
    public async Task<string?> PostAsync(ServedHall node, string login, string path, IEnumerable<(string Name, string Value)> fields)
    {
        var (cookies, token) = await SignedInAsync(node, login);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Headers.Add("Cookie", cookies);
        request.Content = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);
        using var answer = await node.Http.SendAsync(request);
        var to = answer.Headers.Location?.ToString();
        return answer.StatusCode is HttpStatusCode.Redirect && to?.Contains("sign-in", StringComparison.Ordinal) != true ? to : null;
    }

    /// <summary>Who can do a task, with which outcome and words; null when nobody here would.</summary>
    public static (string Login, string Outcome, (string, string)[] Form)? Answer(InboxTask task)
    {
        var login = task.HolderLogin ?? task.AssignedPerson ?? DemoPeople.People.Where(p => !task.Excludes(p.Login))
            .FirstOrDefault(p => (task.AssignedUnit is not null && p.Unit == task.AssignedUnit) || (task.AssignedRole is not null && p.Roles.Contains(task.AssignedRole))).Login;
        if (login is null) return null;
        foreach (var (title, outcome, form) in Known)
        {
            if (task.Title.StartsWith(title, StringComparison.Ordinal) && task.Outcomes.Contains(outcome)) return (login, outcome, form);
        }

        if (task.FormHash is not null || task.Outcomes.Count == 0) return null;
        return (login, task.Outcomes[0], []);
    }

    private static readonly (string Title, string Outcome, (string, string)[] Form)[] Known =
    [
        ("研判", "部门协同", [("lawful", "YES"), ("legalBasis", "无"), ("difficulty", "Complex"), ("policyAttribute", "NO_BARRIER"), ("causeCodes", "SERVICE"), ("lead", "MARKET")]),
        ("部门协同", "同意", [("opinion", "可以办。"), ("solution", "凭户口簿内页办。")]),
        ("站长看方案", "方案可行", [("risk", "没有")]),
        ("拟答复", "办成了", [("text", "凭户口簿内页就能办，明天到大厅3号窗口。"), ("risk", "没有")]),
        ("窗口办理", "办成了", [("text", "今天就办好了，证件在3号窗口。")]),
        ("回访", "解决了", [("satisfaction", "满意")]),
    ];

    private async Task<(string Cookies, string Token)> SignedInAsync(ServedHall node, string login)
    {
        if (_signedIn.TryGetValue(login, out var known)) return known;
        var jar = new CookieContainer();
        var token = await PageAsync("/", HttpMethod.Get, null);
        await PageAsync("/demo/enter", HttpMethod.Post, new() { ["login"] = login, ["__RequestVerificationToken"] = token });
        token = await PageAsync("/me", HttpMethod.Get, null);
        return _signedIn[login] = (jar.GetCookieHeader(node.Address), token);

        async Task<string> PageAsync(string path, HttpMethod method, Dictionary<string, string>? form)
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
            if (form is not null) request.Content = new FormUrlEncodedContent(form);
            if (jar.GetCookieHeader(node.Address) is { Length: > 0 } cookies) request.Headers.Add("Cookie", cookies);
            using var answer = await node.Http.SendAsync(request);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set)) foreach (var cookie in set) jar.SetCookies(node.Address, cookie);
            return TokenField().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value;
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
