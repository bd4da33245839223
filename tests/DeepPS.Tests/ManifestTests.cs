namespace DeepPS.Tests;

/// <summary>The manifest lists what the module has.</summary>
public class ManifestTests
{
    [Fact]
    public void It_exports_each_cmdlet_and_no_other() =>
        Assert.Equal(Module.Cmdlets.Select(face => face.Name), Module.ManifestList("CmdletsToExport"));

    [Fact]
    public void Its_version_is_the_assembly_s() =>
        Assert.Contains($"ModuleVersion        = '{Module.Assembly.GetName().Version!.ToString(3)}'", Module.Manifest);

    [Fact]
    public void The_files_that_it_names_are_there()
    {
        Assert.True(File.Exists(Path.Combine(Module.Root, "module/DeepPS.psm1")));
        Assert.Equal(["module/DeepPS.Format.ps1xml"], Module.ManifestList("FormatsToProcess"));
        Assert.True(File.Exists(Path.Combine(Module.Root, "module/DeepPS.Format.ps1xml")));
    }
}
