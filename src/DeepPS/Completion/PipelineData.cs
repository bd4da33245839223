using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;

namespace DeepPS.Completion;

/// <summary>
/// The data that a command will get, as far as the text of its pipeline shows it before it runs: a dataset in a
/// variable, objects in a variable, or a CSV file that is named. Nothing is run; only a file's first lines are read.
/// </summary>
internal static class PipelineData
{
    private static readonly string[] FileReaders = ["Import-DlDataset", "Import-Csv", "ipcsv"];
    private static readonly string[] PassThrough =
        ["Split-DlDataset", "ConvertTo-DlDataset", "ConvertTo-DlTimeSeries", "Where-Object", "?", "Sort-Object"];

    /// <summary>The names of the columns; empty: they cannot be known.</summary>
    public static IReadOnlyList<string> Columns(CommandAst command, IDictionary bound) => Sources(command, bound)
        .Select(ColumnsOf).FirstOrDefault(names => names.Count > 0) ?? [];

    /// <summary>The dataset, where it is in a variable.</summary>
    public static Dataset? Dataset(CommandAst command, IDictionary bound) =>
        Sources(command, bound).Select(DatasetOf).FirstOrDefault(data => data is not null);

    /// <summary>The model in the variable that the pipeline begins with; null: there is none.</summary>
    public static Model? Model(CommandAst command) => command.Parent is PipelineAst
    {
        PipelineElements: [CommandExpressionAst { Expression: VariableExpressionAst variable }, ..]
    } ? PipelineValue.Unwrap(Variable(variable)) as Model : null;

    /// <summary>What may be the data: own arguments, then the commands before it, the nearest first.</summary>
    private static IEnumerable<object> Sources(CommandAst command, IDictionary bound)
    {
        foreach (var name in new[] { "Path", "LiteralPath", "Data", "InputObject" })
            if (bound[name] is { } argument)
                yield return argument;
        if (command.Parent is not PipelineAst pipeline)
            yield break;
        for (var i = pipeline.PipelineElements.IndexOf(command) - 1; i >= 0; i--)
        {
            var source = Source(pipeline.PipelineElements[i]);
            if (source is not null)
                yield return source;
            if (source is not null || !IsPassedThrough(pipeline.PipelineElements[i]))
                yield break;
        }
    }

    private static object? Source(CommandBaseAst element) => element switch
    {
        CommandExpressionAst { Expression: VariableExpressionAst variable } => Variable(variable),
        CommandExpressionAst { Expression: MemberExpressionAst { Expression: VariableExpressionAst variable } } =>
            Variable(variable),
        CommandAst command when FileReaders.Contains(command.GetCommandName(), StringComparer.OrdinalIgnoreCase) =>
            command.CommandElements.Skip(1).OfType<StringConstantExpressionAst>().FirstOrDefault()?.Value,
        _ => null,
    };

    private static bool IsPassedThrough(CommandBaseAst element) => element is CommandAst command
        && PassThrough.Contains(command.GetCommandName(), StringComparer.OrdinalIgnoreCase);

    private static object? Variable(VariableExpressionAst variable) =>
        Run("Get-Variable", ("Name", variable.VariablePath.UserPath), ("ValueOnly", true));

    private static IReadOnlyList<string> ColumnsOf(object source)
    {
        if (DatasetOf(source) is { } data)
            return data.Columns.Select(column => column.Name).ToArray();
        source = PipelineValue.Unwrap(source)!;
        if (source is string or string[] or FileInfo)
            return ColumnsOfFile(source is string[] paths ? paths[0] : source.ToString()!);
        var row = source is IEnumerable rows and not IDictionary ? rows.Cast<object?>().FirstOrDefault() : source;
        return row switch
        {
            null or string => [],
            IDictionary named => named.Keys.Cast<object>().Select(key => $"{key}").ToArray(),
            _ => PSObject.AsPSObject(row).Properties.Select(property => property.Name).ToArray(),
        };
    }

    private static Dataset? DatasetOf(object source) => PipelineValue.Unwrap(source) switch
    {
        Dataset data => data,
        Split split => split.Train,
        _ => null,
    };

    private static IReadOnlyList<string> ColumnsOfFile(string path)
    {
        try
        {
            return Run("Resolve-Path", ("Path", path)) is PathInfo { ProviderPath: var file } && File.Exists(file)
                ? CsvReader.ColumnNames(file) : [];
        }
        catch (Exception e) when (e is DlException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static object? Run(string command, params (string Name, object Value)[] parameters)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(command).AddParameter("ErrorAction", ActionPreference.Ignore);
        foreach (var (name, value) in parameters)
            shell.AddParameter(name, value);
        return shell.Invoke() switch
        {
            [] => null,
            [var single] => single?.BaseObject is PSCustomObject ? single : single?.BaseObject,
            var several => several,
        };
    }
}
