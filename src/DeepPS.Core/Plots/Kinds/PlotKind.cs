using System.Globalization;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;

namespace DeepPS.Plots;

/// <summary>A kind of plot: how objects of some types become a figure. Each is a class in a file of its own, which
/// <see cref="All"/> finds.</summary>
public abstract class PlotKind
{
    private const string Suffix = "Plot";

    /// <summary>All kinds, by name.</summary>
    public static IReadOnlyList<PlotKind> All { get; } = typeof(PlotKind).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(PlotKind)) && !type.IsAbstract)
        .Select(type => (PlotKind)Activator.CreateInstance(type)!)
        .OrderBy(kind => kind.Name, StringComparer.Ordinal).ToArray();

    /// <summary>The name: that of its class.</summary>
    public string Name => GetType().Name[..^Suffix.Length];

    /// <summary>One line of help.</summary>
    public string Summary => DocComments.Of(GetType().Assembly).Summary(GetType());

    /// <summary>The kind with a name, in any case.</summary>
    /// <exception cref="DlException"><c>UnknownPlot</c>.</exception>
    public static PlotKind Find(string name) =>
        All.FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new DlException("UnknownPlot", DlErrorKind.NotFound,
            $"There is no plot '{name}'. There are: {string.Join(", ", All.Select(kind => kind.Name))}.", name);

    /// <summary>The kind that shows some objects if none is named.</summary>
    /// <exception cref="DlException"><c>NothingToPlot</c>: there is none.</exception>
    public static PlotKind Of(PlotInput input) =>
        All.FirstOrDefault(kind => kind.Suits(input)) ?? throw new DlException("NothingToPlot",
            DlErrorKind.InvalidArgument, $"Nothing plots {Describe(input)}. Pipe in epochs of Invoke-DlTraining, runs "
            + "of Get-DlRun, a sweep of Find-DlLearningRate, an evaluation with a ConfusionMatrix, forecasts, rows "
            + "with Column and Importance, or a model with -Data.", input.Items.FirstOrDefault());

    /// <summary>Whether the kind is what to show for some objects, if none is named.</summary>
    public abstract bool Suits(PlotInput input);

    /// <summary>Makes the figure.</summary>
    /// <param name="input">The objects.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>PlotInput</c>: the kind does not show such objects.</exception>
    public abstract Figure Draw(PlotInput input, CancellationToken cancel = default);

    /// <summary>The model and the data of a plot that needs both.</summary>
    /// <exception cref="DlException"><c>PlotInput</c>.</exception>
    protected (Model Model, Dataset Data) Measured(PlotInput input) => input is { Model: { } model, Data: { } data }
        ? (model, data) : throw Refused(input, "a model and data to run through it: $model | Show-DlPlot -Data $split");

    /// <summary>The error for objects that the kind does not show.</summary>
    protected DlException Refused(PlotInput input, string expected) => new("PlotInput", DlErrorKind.InvalidArgument,
        $"Plot {Name} needs {expected}; got {Describe(input)}.", input.Items.FirstOrDefault());

    /// <summary>The number in a column of a row: text is read as Export-Csv writes it.</summary>
    protected static double Number(IReadOnlyDictionary<string, object?> row, string column) =>
        row.GetValueOrDefault(column) switch
        {
            null or "" => double.NaN,
            string text => NumberOf(text, column),
            IConvertible number => number.ToDouble(CultureInfo.InvariantCulture),
            var other => throw NotANumber(column, other),
        };

    private static double NumberOf(string text, string column) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number)
        || double.TryParse(text, CultureInfo.CurrentCulture, out number) ? number : throw NotANumber(column, text);

    private static DlException NotANumber(string column, object value) => new("NotANumber", DlErrorKind.InvalidData,
        $"Column '{column}' needs numbers; got '{value}'. Remove the row, or rename the column.", value);

    private static string Describe(PlotInput input) => input.Items.Count == 0 ? "no objects"
        : $"{input.Items.Count:N0} of {string.Join(", ", input.Items.Select(Type).Distinct().Take(3))}"
        + (input.Data is null ? "" : $" with data '{input.Data.Name}'");

    private static string Type(object item) => item is IReadOnlyDictionary<string, object?> row
        ? $"rows with {string.Join(", ", row.Keys.Take(6))}" : item.GetType().Name;
}
