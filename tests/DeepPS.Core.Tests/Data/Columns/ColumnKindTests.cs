using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>
/// A column kind defined outside the module, <see cref="ColourColumn"/>, needs nothing but its own file.
/// </summary>
public sealed class ColumnKindTests
{
    private static readonly string?[] Colours = ["#ff0000", "#00ff00", null, "#0000ff", "#ff0000"];
    private static readonly float[] Encoded = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0];

    private static Dataset OfObjects(params string?[] colours)
    {
        var builder = new DatasetBuilder();
        for (var row = 0; row < colours.Length; row++)
            builder.Add(new Dictionary<string, object?> { ["Paint"] = colours[row], ["Price"] = row + 0.5 });
        return builder.Build("paints", "Price");
    }

    private static Dataset OfFile()
    {
        using var files = new DataFiles();
        var rows = Colours.Select((colour, row) => $"{colour},{row}.5").Prepend("Paint,Price");
        return CsvReader.Read(files.Write("paints.csv", string.Join('\n', rows)), new CsvOptions { Label = "Price" });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FilesAndObjectsInferItAndThePlanEncodesIt(bool fromFile)
    {
        var data = fromFile ? OfFile() : OfObjects(Colours);
        Assert.Equal(Colours, Enumerable.Range(0, data.Count).Select(row => data.Columns[0][row]));
        var plan = DataPlan.Fit(data);
        var column = plan.Columns[0];
        Assert.Equal(("Colour", ColumnRole.Input, "colours"), (column.Kind, column.Role, column.Reason));
        Assert.Equal(Encoded, plan.Encode(data, withLabel: false).Inputs[0].Values);
    }

    [Fact]
    public void ItsEncoderIsReadFromJson()
    {
        var data = OfObjects(Colours);
        var plan = DataPlan.FromJson(JsonNode.Parse(DataPlan.Fit(data).ToJson().ToJsonString())!);
        Assert.IsType<ColourEncoder>(plan.Columns[0].Encoding);
        Assert.Equal(Encoded, plan.Encode(data, withLabel: false).Inputs[0].Values);
        var rows = plan.Rows([new Dictionary<string, object?> { ["Paint"] = "#00ff00" }]);
        Assert.Equal(new float[] { 0, 1, 0, 0 }, plan.Encode(rows, withLabel: false).Inputs[0].Values);
    }

    [Fact]
    public void ItIsSummarisedAndLeftOutByItsOwnRules()
    {
        var summary = ColumnSummary.Of(OfObjects(Colours))[0];
        Assert.Equal(("Colour", 5, 1, 3), (summary.Kind, summary.Count, summary.Missing, summary.Distinct));
        Assert.Equal("it is one colour", PlanFitting.Columns(OfObjects("#ffffff", "#ffffff"), null).Columns[0].Reason);
    }

    [Fact]
    public void ItsValuesCountInTheFingerprint()
    {
        var before = DataFingerprint.Of(OfObjects("#ff0000", "#00ff00"), null);
        Assert.Null(DataFingerprint.Difference(before, DataFingerprint.Of(OfObjects("#ff0000", "#00ff00"), null)));
        Assert.NotNull(DataFingerprint.Difference(before, DataFingerprint.Of(OfObjects("#ff0000", "#00ff01"), null)));
    }

    [Fact]
    public void EveryEncoderOfTheModuleHasATypeOfItsOwn()
    {
        var names = KindTypes.Of<ColumnEncoder>().Select(EncoderTypes.NameOf).ToArray();
        Assert.Equal(names.Distinct(), names);
        Assert.Superset(new HashSet<string>(["Number", "Category", "Window", "Colour"]), names.ToHashSet());
    }

    [Fact]
    public void AnUnknownTypeIsTold()
    {
        var json = new JsonObject { ["type"] = "Scent" };
        var failure = Assert.Throws<DlException>(() => ColumnEncoder.FromJson(json));
        Assert.Equal("InvalidPlan", failure.Id);
    }
}
