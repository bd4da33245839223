using System;
using System.Linq;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Adds up what the test runners wrote: .trx files of dotnet test, and Pester's NUnit file.</summary>
public class CountTests : Task
{
    [Required]
    public ITaskItem[] Files { get; set; }

    [Output]
    public string Summary { get; set; }

    [Output]
    public int Failures { get; set; }

    public override bool Execute()
    {
        int passed = 0, failed = 0, skipped = 0;
        foreach (var root in Files.Select(file => XDocument.Load(file.ItemSpec).Root))
        {
            var counters = root.Descendants().FirstOrDefault(element => element.Name.LocalName == "Counters");
            if (counters != null)
            {
                passed += Number(counters, "passed");
                failed += Number(counters, "failed") + Number(counters, "error") + Number(counters, "timeout")
                    + Number(counters, "aborted");
                skipped += Number(counters, "total") - Number(counters, "executed");
            }
            else
            {
                var notRun = Number(root, "not-run") + Number(root, "ignored") + Number(root, "skipped")
                    + Number(root, "inconclusive");
                var broken = Number(root, "failures") + Number(root, "errors");
                passed += Number(root, "total") - notRun - broken;
                failed += broken;
                skipped += notRun;
            }
        }

        Summary = passed + " passed, " + failed + " failed, " + skipped + " skipped";
        Failures = failed;
        return true;
    }

    private static int Number(XElement element, string name)
    {
        var attribute = element.Attribute(name);
        return attribute == null ? 0 : int.Parse(attribute.Value);
    }
}
