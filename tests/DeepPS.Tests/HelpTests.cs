using System.ComponentModel;
using System.Xml.Linq;
using DeepPS.Catalog;

namespace DeepPS.Tests;

/// <summary>The help file that the build writes for Get-Help.</summary>
public class HelpTests
{
    private static readonly XDocument Help = new MamlWriter(Module.Docs).Write(Module.Cmdlets);

    /// <summary>All parameters that may be omitted, without switches.</summary>
    public static TheoryData<string, string> Optional
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var face in Module.Cmdlets)
                foreach (var parameter in face.Parameters.Where(p => !p.IsMandatory && !p.IsSwitch))
                    data.Add(face.Name, parameter.Name);
            return data;
        }
    }

    private static IEnumerable<XElement> All(string name) =>
        Help.Descendants().Where(element => element.Name.LocalName == name);

    private static XElement? Part(XElement element, string name) =>
        element.Elements().SingleOrDefault(part => part.Name.LocalName == name);

    /// <summary>The help of a parameter.</summary>
    private static XElement Parameter(string cmdlet, string parameter) => All("command")
        .Single(command => Part(Part(command, "details")!, "name")!.Value == cmdlet)
        .Elements().Single(element => element.Name.LocalName == "parameters")
        .Elements().Single(element => Part(element, "name")!.Value == parameter);

    [Fact]
    public void Each_cmdlet_is_in_it() => Assert.Equal(Module.Cmdlets.Select(face => face.Name),
        All("details").Select(details => details.Elements().First().Value));

    [Fact]
    public void Each_parameter_and_setting_has_a_description() => Assert.All(All("parameters").Elements(), parameter =>
        Assert.NotEqual("", Part(parameter, "description")!.Value));

    [Fact]
    public void It_is_built_beside_the_module() =>
        Assert.True(File.Exists(Path.Combine(Module.Root, "module/bin/en-US/DeepPS.dll-Help.xml")));

    [Theory, MemberData(nameof(Optional))]
    public void The_default_shown_is_that_of_a_new_instance(string cmdlet, string parameter)
    {
        var face = Module.Cmdlets.Single(face => face.Name == cmdlet);
        var property = face.Parameters.Single(p => p.Name == parameter).Property;
        var summary = Module.Docs.Summary(face.Type, parameter);
        var help = Parameter(cmdlet, parameter);
        var shown = Part(help, "defaultValue")?.Value;
        var value = property.GetValue(Activator.CreateInstance(face.Type));

        Assert.False(string.IsNullOrEmpty(shown), "end the doc comment with: Default: ...");
        Assert.EndsWith($"Default: {shown}.", Part(help, "description")!.Value);
        if (value is null or Array { Length: 0 })
            Assert.EndsWith($"Default: {shown}.", summary);
        else
            Assert.Equal(value, Parse(shown, value.GetType()));
    }

    [Theory]
    [InlineData("Invoke-DlTraining", "Epochs", "10"), InlineData("Invoke-DlTraining", "BatchSize", "32")]
    [InlineData("Invoke-DlTraining", "Optimizer", "Adam"), InlineData("Find-DlLearningRate", "From", "1E-07")]
    [InlineData("Invoke-DlTraining", "Threads", "one per core"), InlineData("Import-DlDataset", "Strict", "False")]
    [InlineData("New-DlLayer", "Momentum", "0.1"), InlineData("ConvertTo-DlTimeSeries", "Calendar", "Auto")]
    public void A_default_stands_in_its_own_element(string cmdlet, string parameter, string expected) =>
        Assert.Equal(expected, Part(Parameter(cmdlet, parameter), "defaultValue")!.Value);

    [Fact]
    public void A_mandatory_parameter_has_no_default() =>
        Assert.Null(Part(Parameter("Invoke-DlTraining", "Model"), "defaultValue"));

    [Fact]
    public void Paragraphs_of_remarks_stay_apart()
    {
        var import = Module.Cmdlets.Single(face => face.Name == "Import-DlDataset");
        Assert.True(Module.Docs.Paragraphs(import.Type, "remarks").Count > 2);
    }

    [Fact]
    public void Examples_keep_their_indentation()
    {
        var callback = Module.Cmdlets.Single(face => face.Name == "New-DlCallback");
        Assert.Contains(Module.Docs.Examples(callback.Type),
            example => example.Code.Contains("{\n    param($training)\n"));
    }

    /// <summary>What a user would get who typed the shown default.</summary>
    private static object? Parse(string text, Type type) =>
        CatalogIndex.KindOf(type) is { } kind ? CatalogIndex.Create(kind, text)
        : type == typeof(string[]) ? text.Split(", ")
        : TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
}
