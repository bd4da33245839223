using System.Xml.Linq;
using DeepPS.Catalog;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Plots;
using DeepPS.Torch;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>Views name types and properties that exist.</summary>
public class FormatTests
{
    private static readonly XDocument Format =
        XDocument.Load(Path.Combine(Module.Root, "module/DeepPS.Format.ps1xml"));

    public static TheoryData<string> Views =>
        [.. Format.Descendants("View").Select(view => view.Element("Name")!.Value)];

    private static XElement View(string name) =>
        Format.Descendants("View").Single(view => view.Element("Name")!.Value == name);

    /// <summary>Type names that cmdlets add to objects of other types for a view.</summary>
    private static readonly Dictionary<string, Type> Marks = new()
    {
        ["DeepPS.Commands.PredictedFile"] = typeof(FileInfo),
    };

    private static IEnumerable<Type> Types(XElement view) =>
        view.Element("ViewSelectedBy")!.Elements("TypeName").Select(name => Marks.GetValueOrDefault(name.Value)
            ?? typeof(Model).Assembly.GetType(name.Value.Split('#')[0], throwOnError: true)!);

    [Theory, MemberData(nameof(Views))]
    public void A_view_is_for_types_that_there_are(string name) => Assert.NotEmpty(Types(View(name)));

    [Theory, MemberData(nameof(Views))]
    public void A_view_shows_properties_that_there_are(string name)
    {
        var metrics = CatalogIndex.Get(CatalogKind.Metric)
            .SelectMany(entry => new[] { entry.Name, "Validation" + entry.Name })
            .Concat([nameof(EpochRecord.Loss), nameof(EpochRecord.ValidationLoss)])
            .Concat([nameof(Prediction), nameof(Prediction.Probability)]);
        var shown = View(name).Descendants("TableColumnItem").Elements("PropertyName")
            .Select(property => property.Value);
        foreach (var type in Types(View(name)))
            Assert.All(shown, property =>
                Assert.Contains(property, type.GetProperties().Select(p => p.Name).Concat(metrics)));
    }

    [Theory, MemberData(nameof(Views))]
    public void A_table_has_a_header_for_each_column(string name) => Assert.Equal(
        View(name).Descendants("TableColumnHeader").Count(), View(name).Descendants("TableColumnItem").Count());

    /// <summary>Without widths PowerShell shows an object only when the next one comes, to fit the columns to both: the
    /// first epoch of a long training would be shown after the second.</summary>
    [Fact]
    public void Columns_of_epochs_have_widths() => Assert.All(
        Format.Descendants("View").Where(view => Types(view).Any(type => type == typeof(EpochRecord)))
            .SelectMany(view => view.Descendants("TableColumnHeader")),
        header => Assert.True((int)header.Element("Width")! >= header.Element("Label")!.Value.Length));

    [Theory]
    [InlineData(typeof(Model)), InlineData(typeof(Dataset)), InlineData(typeof(Split))]
    [InlineData(typeof(EpochRecord)), InlineData(typeof(Evaluation)), InlineData(typeof(Prediction))]
    [InlineData(typeof(CatalogEntry)), InlineData(typeof(SettingInfo)), InlineData(typeof(DeviceInfo))]
    [InlineData(typeof(Layer)), InlineData(typeof(LayerRow)), InlineData(typeof(LayerStatistics))]
    [InlineData(typeof(Column)), InlineData(typeof(SavedDataset)), InlineData(typeof(RunInfo))]
    [InlineData(typeof(Drawing))]
    [InlineData(typeof(ColumnImportance)), InlineData(typeof(PartialDependence)), InlineData(typeof(FoundInput))]
    [InlineData(typeof(AttributionRow)), InlineData(typeof(AttributionMap))]
    public void What_a_user_sees_has_a_view(Type type) =>
        Assert.Contains(type.FullName, Format.Descendants("TypeName").Select(name => name.Value));
}
