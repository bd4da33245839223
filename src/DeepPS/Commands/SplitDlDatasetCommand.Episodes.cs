using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Data;

namespace DeepPS.Commands;

/// <content>Episodes for few-shot learning.</content>
public sealed partial class SplitDlDatasetCommand
{
    private const string Episodes = "Episode";
    private const string Classes = "TestClass";

    /// <summary>
    /// Draws episodes: each has a few classes, drawn at random, with labelled samples (Support) and other samples to
    /// classify (Query).
    /// </summary>
    [Parameter(ParameterSetName = Episodes, Mandatory = true)]
    public SwitchParameter Episode { get; set; }

    /// <summary>The number of classes in an episode.</summary>
    [Parameter(ParameterSetName = Episodes)]
    [ValidateRange(1, int.MaxValue)]
    public int Way { get; set; } = 5;

    /// <summary>The number of samples of each class in the support of an episode.</summary>
    [Parameter(ParameterSetName = Episodes)]
    [ValidateRange(1, 1_000_000)]
    public int Shot { get; set; } = 1;

    /// <summary>The number of samples of each class to classify in an episode.</summary>
    [Parameter(ParameterSetName = Episodes)]
    [ValidateRange(1, 1_000_000)]
    public int Query { get; set; } = 5;

    /// <summary>The number of episodes.</summary>
    [Parameter(ParameterSetName = Episodes)]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 100;

    /// <summary>
    /// The classes that only the test part has, with all of their rows; the training part has the others. For few-shot
    /// learning of classes that the training did not see.
    /// </summary>
    [Parameter(ParameterSetName = Classes, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] TestClass { get; set; } = [];

    private void DrawEpisodes() => Work((write, cancel) =>
    {
        var options = new EpisodeOptions { Way = Way, Shot = Shot, Query = Query, Count = Count, Seed = Seed };
        var data = PipelineValue.Unwrap(InputObject) is Split split ? split.Train : ModelSource.TestData(InputObject);
        foreach (var episode in EpisodeSplitter.Of(data, options))
        {
            cancel.ThrowIfCancellationRequested();
            write(() => WriteObject(episode));
        }
    });
}
