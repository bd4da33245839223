using System.Text.RegularExpressions;
using DeepPS.Abstractions;

namespace DeepPS.Tests;

/// <summary>Rules that hold for each cmdlet, checked by reflection.</summary>
public class CmdletFaceTests
{
    /// <summary>The names that Get-Verb lists.</summary>
    private static readonly string[] ApprovedVerbs =
        ("Add Clear Close Copy Enter Exit Find Format Get Hide Join Lock Move New Open Optimize Pop Push "
        + "Redo Remove Rename Reset Resize Search Select Set Show Skip Split Step Switch Undo Unlock Watch "
        + "Connect Disconnect Read Receive Send Write Backup Checkpoint Compare Compress Convert "
        + "ConvertFrom ConvertTo Dismount Edit Expand Export Group Import Initialize Limit Merge Mount Out "
        + "Publish Restore Save Sync Unpublish Update Approve Assert Build Complete Confirm Deny Deploy "
        + "Disable Enable Install Invoke Register Request Restart Resume Start Stop Submit Suspend "
        + "Uninstall Unregister Wait Debug Measure Ping Repair Resolve Test Trace Block Grant Protect "
        + "Revoke Unblock Unprotect Use").Split(' ');

    public static TheoryData<string> Names => [.. Module.Cmdlets.Select(face => face.Name)];

    private static CmdletFace Face(string name) => Module.Cmdlets.Single(face => face.Name == name);

    [Theory, MemberData(nameof(Names))]
    public void The_verb_is_approved(string name) => Assert.Contains(Face(name).Verb, ApprovedVerbs);

    [Theory, MemberData(nameof(Names))]
    public void The_noun_is_singular_and_has_the_prefix(string name) =>
        Assert.Matches("^Dl[A-Z][A-Za-z]*([^s]|ss|Series)$", Face(name).Noun);

    [Theory, MemberData(nameof(Names))]
    public void The_class_is_sealed_and_named_after_the_cmdlet(string name)
    {
        var face = Face(name);
        Assert.True(face.Type.IsSealed);
        Assert.Equal($"{face.Verb}{face.Noun}Command", face.Type.Name);
        Assert.True(typeof(DlCmdlet).IsAssignableFrom(face.Type), "errors are made in DlCmdlet");
    }

    [Theory, MemberData(nameof(Names))]
    public void The_class_has_a_file_of_its_own(string name) =>
        Assert.True(File.Exists(Path.Combine(Module.Root, "src/DeepPS/Commands", Face(name).Type.Name + ".cs")));

    [Theory, MemberData(nameof(Names))]
    public void What_comes_out_is_declared(string name) => Assert.NotEmpty(Face(name).Outputs);

    [Theory, MemberData(nameof(Names))]
    public void Each_set_takes_one_parameter_from_the_pipeline_at_most(string name)
    {
        var face = Face(name);
        foreach (var set in face.Sets)
            Assert.True(face.In(set).Count(pair => pair.Place.FromPipeline) <= 1, set);
    }

    [Theory, MemberData(nameof(Names))]
    public void Each_set_has_few_positional_parameters_one_after_the_other(string name)
    {
        var face = Face(name);
        foreach (var set in face.Sets)
        {
            var positions = face.In(set).Select(pair => pair.Place.Position).OfType<int>().ToArray();
            Assert.Equal(positions.Distinct(), positions);
            Assert.True(positions.Length <= 3, set);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_cmdlet_and_each_parameter_have_help(string name)
    {
        var face = Face(name);
        Assert.NotEqual("", Module.Docs.Text(face.Type, "summary"));
        Assert.NotEmpty(Module.Docs.Examples(face.Type));
        Assert.All(Module.Docs.Examples(face.Type), example =>
            Assert.True(example is { Code.Length: > 0, Remarks.Length: > 0 }));
        Assert.All(face.Parameters, parameter => Assert.NotEqual("", Module.Docs.Summary(face.Type, parameter.Name)));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_synopsis_is_one_imperative_sentence(string name) =>
        Assert.Matches(@"^[A-Z][a-z]+(?<!s) [^.]*\.$", Module.Docs.Text(Face(name).Type, "summary"));

    [Theory, MemberData(nameof(Names))]
    public void What_writes_a_file_asks_first(string name)
    {
        var face = Face(name);
        Assert.Equal(face.Verb is "Export" or "Save" or "Show" or "Remove" or "Install" or "Uninstall"
            || face.Parameters.Any(parameter => parameter.Name is "OutFile" or "NoClobber"),
            face.SupportsShouldProcess);
    }

    [Theory, MemberData(nameof(Names))]
    public void No_setting_has_the_name_of_a_parameter(string name)
    {
        string[] common = ["Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction",
            "ErrorVariable", "WarningVariable", "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable",
            "WhatIf", "Confirm"];
        var face = Face(name);
        var taken = face.Parameters.Select(parameter => parameter.Name).Concat(common)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.All(SettingHelp.Of(face), setting => Assert.DoesNotContain(setting.Name, taken));
    }

    [Fact]
    public void Settings_are_parameters_of_the_cmdlets_that_make_items()
    {
        var units = SettingHelp.Of(Face("New-DlLayer")).Single(setting => setting.Name == "Units");
        Assert.Equal("Int32", units.TypeName);
        Assert.Single(units.Help, help => help.Contains("Dense"));
        Assert.Single(units.Help, help => Regex.IsMatch(help, @"\bLSTM\b"));
        Assert.Empty(SettingHelp.Of(Face("Split-DlDataset")));
    }
}
