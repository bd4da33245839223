using System;
using System.Linq;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Adds up what the test runners wrote: .trx files of dotnet test, and Pester's NUnit file. Names the tests that
/// failed, each with the first line of its message.
/// </summary>
public class CountTests : Task
{
    private static readonly string[] FailedOutcomes = { "Failed", "Error", "Timeout", "Aborted", "Failure" };

    [Required]
    public ITaskItem[] Files { get; set; }

    [Output]
    public string Summary { get; set; }

    [Output]
    public int Failures { get; set; }

    [Output]
    public string[] FailedTests { get; set; }

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

        FailedTests = Files.SelectMany(file => XDocument.Load(file.ItemSpec).Descendants().Where(HasFailed))
            .Select(Describe).ToArray();
        Summary = passed + " passed, " + failed + " failed, " + skipped + " skipped";
        Failures = failed;
        return true;
    }

    private static bool HasFailed(XElement element)
    {
        var outcome = element.Name.LocalName == "UnitTestResult" ? element.Attribute("outcome")
            : element.Name.LocalName == "test-case" ? element.Attribute("result") : null;
        return outcome != null && Array.IndexOf(FailedOutcomes, outcome.Value) >= 0;
    }

    private static string Describe(XElement test)
    {
        var name = test.Attribute("testName") ?? test.Attribute("name");
        var message = test.Descendants()
            .FirstOrDefault(element => element.Name.LocalName.ToLowerInvariant() == "message");
        // MSBuild lists are separated by semicolons.
        return ("Failed: " + name.Value + ": " + FirstLine(message)).Replace(';', ',');
    }

    private static string FirstLine(XElement message)
    {
        return message == null ? "no message" : message.Value.Trim().Split('\n')[0].Trim();
    }

    private static int Number(XElement element, string name)
    {
        var attribute = element.Attribute(name);
        return attribute == null ? 0 : int.Parse(attribute.Value);
    }
}
