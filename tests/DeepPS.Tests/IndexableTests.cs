using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Plots;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>
/// PowerShell indexes a list only if the object's own type allows it. The type that the compiler makes of [a, b] for an
/// IReadOnlyList does not, so that $data.Columns[0] would be the whole list.
/// </summary>
public class IndexableTests
{
    private static readonly Dataset Data = new("test",
        [new NumberColumn("x", [1, 2, 3, 4]), new CategoryColumn("y", [0, 1, 0, 1], ["a", "b"])], "y");

    private static void IsArray<T>(IReadOnlyList<T> list) => Assert.IsType<T[]>(list);

    [Fact]
    public void Columns_and_levels_are() => Assert.Multiple(
        () => IsArray(Data.Columns), () => IsArray(((CategoryColumn)Data.Columns[1]).Levels));

    [Fact]
    public void Layers_and_their_settings_are()
    {
        using var model = new Model([new Dense { Units = 2 }], new Shape(3));
        IsArray(model.Layers);
        IsArray(model.Summary());
        IsArray(CatalogIndex.Get(CatalogKind.Layer));
        IsArray(model.Layers[0].Entry.Settings);
    }

    [Fact]
    public void Panels_and_series_of_a_figure_are()
    {
        Panel panel = new() { X = new Axis("x"), Y = new Axis("y"), Series = [new Line("", [1, 2], [3, 4])] };
        var figure = new Figure("f", [panel]);
        IsArray(figure.Panels);
        IsArray(figure.Panels[0].Series);
        IsArray(((Line)figure.Panels[0].Series[0]).X);
    }

    [Fact]
    public void Plans_and_records_are()
    {
        var plan = DataPlan.Fit(Data);
        IsArray(plan.Columns);
        IsArray(plan.Label!.Classes);
        using var model = new Model([new Dense { Units = 2 }]);
        var record = new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(Data).Single();
        IsArray(record.Metrics());
        IsArray(Evaluator.Measure(model, Data).Metrics());
    }
}
