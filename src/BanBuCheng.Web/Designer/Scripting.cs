using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>What scripts can say, as TypeScript declarations: the editor completes variables, inputs and the case from it.</summary>
internal static class Scripting
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/scripting/javascript/type-definitions/{definitionId}", TypesAsync).WithMetadata(new ReadsOnly());
        api.MapPost("/descriptors/activities/{activityType}/options/{property}", OptionsAsync).WithMetadata(new ReadsOnly());
    }

    private static async Task<IResult> TypesAsync(DeskDb db, string definitionId, CancellationToken ct)
    {
        var text = await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.DefinitionId == definitionId && d.IsLatest).Select(d => d.Document).FirstOrDefaultAsync(ct);
        return Results.Text(Declarations(text is null ? null : FlowReader.Read(text).Document), "text/plain; charset=utf-8");
    }

    /// <summary>The lists come with the palette; who asks for one by itself gets the same.</summary>
    private static async Task<IResult> OptionsAsync(DeskDb db, Palette palette, string activityType, string property, CancellationToken ct)
    {
        var all = JsonNode.Parse((await palette.ReadyAsync(db, ct)).Json)!["items"]!.AsArray();
        var input = all.FirstOrDefault(i => i!["typeName"]!.GetValue<string>() == activityType)?["inputs"]?.AsArray()
            .FirstOrDefault(i => string.Equals(i!["name"]!.GetValue<string>(), property, StringComparison.OrdinalIgnoreCase));
        return Answers.Json(new JsonObject { ["items"] = input?["uiSpecifications"]?.DeepClone() ?? new JsonObject() });
    }

    private const string Always = """
        /** 读一个变量。 */
        declare function getVariable(name: string): any;
        /** 写一个变量。 */
        declare function setVariable(name: string, value: any): void;
        /** 读流程的一个输入。 */
        declare function getInput(name: string): any;
        /** 读前面某一格的输出，按它的 id 或名称。 */
        declare function getOutputFrom(activity: string, output?: string): any;
        /** 刚才那一格的结果。 */
        declare function getLastResult(): any;
        /** 属于哪一件。 */
        declare function getCorrelationId(): string;
        declare function setCorrelationId(value: string): void;
        declare function getWorkflowInstanceId(): string;
        declare function getWorkflowInstanceName(): string;
        declare function setWorkflowInstanceName(value: string): void;
        declare function getWorkflowDefinitionId(): string;
        declare function getWorkflowDefinitionVersion(): number;
        /** 只用在“运行 JavaScript”里：从哪个出口出去。 */
        declare function setOutcome(outcome: string): void;
        declare function isNullOrWhiteSpace(text: string): boolean;
        declare function isNullOrEmpty(text: string): boolean;
        declare function toJson(value: any): string;
        /** 难易：Simple 简单、Complex 复杂、Special 特殊。 */
        declare const difficulty: "Simple" | "Complex" | "Special";
        /** 已经有的答复结果，没有就是 null。 */
        declare const outcome: "Resolved" | "PartiallyResolved" | "CannotBeDone" | "AnsweredOnSite" | "NotAccepted" | "Withdrawn" | "MergedDuplicate" | "Unreachable" | null;
        /** 这一件办件。没有个人信息。 */
        declare const serviceCase: {
          /** 办件编号。 */
          readonly number: string;
          readonly difficulty: "Simple" | "Complex" | "Special";
          /** 办到哪个环节。 */
          readonly stage: "Intake" | "Triage" | "Coordination" | "Committee" | "Reply" | "ReturnVisit";
          /** 牵头单位的代码。 */
          readonly leadUnit: string | null;
          /** 协办单位的代码。 */
          readonly assistingUnits: string[];
          readonly policyAttribute: string | null;
          /** 谁来办的：个人、个体户、企业…… */
          readonly applicantKind: string;
          /** 已经延了几个工作日。 */
          readonly extendedBy: number;
          readonly state: "Open" | "Closed";
          /** 时限：NotStarted 没起算、Running 在走、Paused 停表、Stopped 已答复。 */
          readonly clock: string;
          /** 离期限还剩几个工作日：0 是今天，负数是超期，没起算是 null。 */
          readonly daysLeft: number | null;
        };

        """;

    private static string Declarations(FlowDocument? document)
    {
        var text = new StringBuilder(Always);
        if (document is null) return text.ToString();
        if (document.Variables.Count > 0)
        {
            text.Append("/** 这个流程的变量。 */\ndeclare const variables: {\n");
            foreach (var variable in document.Variables) text.Append(CultureInfo.InvariantCulture, $"  {Quoted(variable.Name)}: {TypeScript(variable.TypeName)};\n");
            text.Append("};\n");
        }

        foreach (var variable in document.Variables.Where(v => IsName(v.Name)))
        {
            var (pascal, type) = (char.ToUpperInvariant(variable.Name[0]) + variable.Name[1..], TypeScript(variable.TypeName));
            text.Append(CultureInfo.InvariantCulture, $"/** 变量 {variable.Name}。 */\ndeclare function get{pascal}(): {type};\ndeclare function set{pascal}(value: {type}): void;\n");
        }

        foreach (var input in document.Inputs.Where(i => IsName(i.Name)))
            text.Append(CultureInfo.InvariantCulture, $"/** 流程输入 {input.Name}。 */\ndeclare function get{char.ToUpperInvariant(input.Name[0])}{input.Name[1..]}(): {TypeScript(input.TypeName)};\n");
        return text.ToString();
    }

    private static bool IsName(string name) => name.Length > 0 && (char.IsLetter(name[0]) || name[0] is '_' or '$') && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '$');

    private static string Quoted(string name) => IsName(name) ? name : System.Text.Json.JsonSerializer.Serialize(name);

    private static string TypeScript(string alias) => alias.EndsWith("[]", StringComparison.Ordinal) ? TypeScript(alias[..^2]) + "[]" : alias switch
    {
        "String" or "Guid" or "TimeSpan" => "string",
        "Boolean" => "boolean",
        "Int16" or "Int32" or "Int64" or "Long" or "Single" or "Double" or "Decimal" => "number",
        "DateTime" or "DateTimeOffset" => "Date",
        _ => "any",
    };
}
