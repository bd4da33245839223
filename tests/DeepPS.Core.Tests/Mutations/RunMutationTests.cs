using System.Text;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;
using Xunit.Abstractions;

namespace DeepPS.Tests;

/// <summary>A damaged record of a run is listed, at least as damaged; nothing is left out.</summary>
public sealed class RunMutationTests(ITestOutputHelper output) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("deepps-mutations-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("run.json", false)]
    [InlineData("run.json", true)]
    [InlineData("end.json", false)]
    [InlineData("end.json", true)]
    [InlineData("epochs.csv", false)]
    public void ADamagedRecordIsListed(string name, bool json)
    {
        var path = Train();
        var file = Path.Combine(path, name);
        var whole = File.ReadAllBytes(file);
        var random = new Random(name.Length + (json ? 1 : 0));
        var (outcomes, states) = (new Outcomes(), new Dictionary<string, int>());
        for (var i = 0; i < Mutation.Count; i++)
        {
            File.WriteAllBytes(file, json
                ? Encoding.UTF8.GetBytes(Mutation.Json(Encoding.UTF8.GetString(whole), random))
                : Mutation.Bytes(whole, random));
            outcomes.Try(() =>
            {
                var run = Assert.Single(RunInfo.In(folder));
                states[run.State] = states.GetValueOrDefault(run.State) + 1;
                _ = (run.Settings().ToDictionary(), run.Values(), run.Epochs, run.ToString(), run.Model, run.Started);
                if (run.State == RunInfo.Damaged)
                    throw new DlException(run.State, DlErrorKind.InvalidData, run.Reason!);
            });
        }

        outcomes.Check(output);
        output.WriteLine(string.Join(", ", states.Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.True(states[RunInfo.Damaged] > 0);
    }

    private string Train()
    {
        var path = Path.Combine(folder, "a run");
        using var model = new Model([new Dense { Units = 1 }]);
        var options = new TrainingOptions { Epochs = 3, BatchSize = 64 };
        new Trainer(model, options) { Callbacks = [new RunRecorder(path)] }.Run(Sets.Line(), Sets.Line()).Count();
        return path;
    }
}
