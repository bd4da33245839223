using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Plots;
using DeepPS.Training;

namespace DeepPS.Tests;

public class ReportTests
{
    private static string Written(ReportInput input)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "report.html");
        Report.Write(path, input);
        return File.ReadAllText(path);
    }

    private static Model Trained(Dataset data)
    {
        var outputs = data.Label is CategoryColumn label ? label.Levels.Count : 1;
        var model = new Model([new Flatten(), new Dense { Units = outputs }], name: "<b>", seed: 1);
        new Trainer(model, new TrainingOptions { Epochs = 2, Seed = 1 }).Run(data).Last();
        return model;
    }

    [Fact]
    public void AReportHasEverySectionAndNoOutsideLink()
    {
        var data = new Digits { Count = 60 }.Generate(1);
        using var model = Trained(data);
        var importance = new Dictionary<string, object?> { ["Column"] = "image", ["Importance"] = 1.0 };
        var page = Written(new ReportInput { Model = model, Data = data, Importance = [importance] });
        foreach (var title in new[] { "Model", "Data", "Training", "Evaluation", "Most wrong samples", "Importance" })
            Assert.Matches($"<h2 id=\"s\\d\">{title}</h2>", page);
        Assert.Contains("Report: &lt;b&gt;", page);
        Assert.DoesNotContain("<b>", page);
        Assert.Contains("data:image/png;base64,", page);
        Assert.Contains("Confusion matrix: Digits", page);
        Assert.DoesNotMatch("(src|href)=\"(?!data:|#)", page);
        Assert.InRange(page.Length, 10_000, 3_000_000);
    }

    [Fact]
    public void NumbersHaveResidualsAndTheLargestErrors()
    {
        var data = new Dataset("line",
            [new NumberColumn("x", [1, 2, 3, 4, 5, 60]), new NumberColumn("y", [1, 2, 3, 4, 5, 6])], "y");
        using var model = Trained(data);
        var page = Written(new ReportInput { Model = model, Data = data, Title = "Mine" });
        Assert.Contains("<h1>Mine</h1>", page);
        Assert.Contains("Residuals: line", page);
        Assert.Contains("<th>Predicted</th><th>x</th>", page);
    }

    [Fact]
    public void AModelAloneHasNoEvaluation()
    {
        using var model = Trained(new Blobs { Count = 30, Centers = 2 }.Generate(1));
        var page = Written(new ReportInput { Model = model });
        Assert.Contains(">Training</h2>", page);
        Assert.DoesNotContain(">Evaluation</h2>", page);
        Assert.Equal("NothingToReport", Assert.Throws<DlException>(() => Written(new ReportInput())).Id);
    }
}
