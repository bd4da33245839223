using System.Collections;
using System.Management.Automation;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;

namespace DeepPS.Abstractions;

/// <summary>The data to measure a model on: a dataset, the test part of a split, raw rows, or files.</summary>
internal static class MeasuredData
{
    private static readonly string[] Tables = [".csv", ".tsv", ".tab", ".txt", ".gz"];

    /// <summary>Reads the data as the model read its training data.</summary>
    /// <param name="cmdlet">The cmdlet, whose session resolves paths.</param>
    /// <param name="model">A trained model.</param>
    /// <param name="value">The value of the parameter.</param>
    public static Dataset Of(PSCmdlet cmdlet, Model model, object value)
    {
        var items = value is Dataset or Split or string or IDictionary ? [value]
            : PipelineValue.Unwrap(value) is { } plain and not (IEnumerable or PSObject) ? [plain]
            : LanguagePrimitives.GetEnumerable(value) is { } list ? list.Cast<object?>().OfType<object>().ToArray()
            : new[] { value };
        var first = PipelineValue.Unwrap(items.FirstOrDefault());
        if (items.Length == 1 && first is Dataset or Split)
            return ModelSource.TestData(first);
        var (_, plan, _) = model.Trained();
        return first is string or FileSystemInfo ? OfFiles(cmdlet, plan, items)
            : first is null or ValueType ? ModelSource.TestData(first!)
            : OfRows(cmdlet, plan, items.Select(PSObject.AsPSObject).ToArray());
    }

    private static Dataset OfFiles(PSCmdlet cmdlet, DataPlan plan, object[] items)
    {
        var paths = items.SelectMany(IEnumerable<string> (item) => PipelineValue.Unwrap(item) switch
        {
            string path => cmdlet.ResolveFiles([path], literal: false),
            FileSystemInfo file => [file.FullName],
            var other => throw new DlException("NotADataset", DlErrorKind.InvalidArgument,
                $"Expected paths or files; got {ModelSource.TypeName(other)} among them.", other),
        }).ToArray();
        if (paths.Length == 0)
            throw new DlException("FileNotFound", DlErrorKind.NotFound,
                $"There is no file to measure on: {string.Join(", ", items)}.", items);
        if (plan.FileColumn is { } image && !paths.All(IsTable))
            return OfRows(cmdlet, plan, paths.SelectMany(IEnumerable<string> (path) => Directory.Exists(path)
                    ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                    : [path])
                .Select(path => RowOf((image, path), (plan.Label!.Name, Path.GetFileName(Path.GetDirectoryName(path)))))
                .ToArray());
        return CsvReader.ReadMany(paths, plan.CsvOptions());
    }

    private static bool IsTable(string path) =>
        Tables.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static PSObject RowOf(params (string Name, object? Value)[] properties)
    {
        var row = new PSObject();
        foreach (var (name, value) in properties)
            row.Set(name, value);
        return row;
    }

    private static Dataset OfRows(PSCmdlet cmdlet, DataPlan plan, PSObject[] items)
    {
        var input = new PredictionInput(cmdlet, plan);
        var rows = plan.FileColumn is { } image && items[0].BaseObject is FileInfo
            ? items.Select(item => RowOf((image, ((FileInfo)item.BaseObject).FullName),
                (plan.Label!.Name, ((FileInfo)item.BaseObject).Directory!.Name))).ToArray()
            : items;
        return plan.Measured(rows.Select(row => input.Row(row, _ => true)).ToArray());
    }
}
