using System.Xml.Linq;

namespace DeepPS.Tests;

/// <summary>What the build writes for Get-Help.</summary>
public class HelpTests
{
    private static readonly XDocument Help = new MamlWriter(Module.Docs).Write(Module.Cmdlets);

    private static IEnumerable<XElement> All(string name) => Help.Descendants().Where(element => element.Name.LocalName == name);

    [Fact]
    public void Each_cmdlet_is_in_it() => Assert.Equal(Module.Cmdlets.Select(face => face.Name),
        All("details").Select(details => details.Elements().First().Value));

    [Fact]
    public void Each_parameter_and_setting_has_a_description() => Assert.All(All("parameters").Elements(), parameter =>
        Assert.NotEqual("", parameter.Elements().Single(element => element.Name.LocalName == "description").Value));

    [Fact]
    public void It_is_built_beside_the_module() =>
        Assert.True(File.Exists(Path.Combine(Module.Root, "module/bin/en-US/DeepPS.dll-Help.xml")));
}
