using System.Management.Automation;
using DeepPS.Completion;
using DeepPS.Inference;

namespace DeepPS.Commands;

/// <content>The parameters: what is predicted, with which model, and what is added.</content>
public sealed partial class InvokeDlPredictionCommand
{
    /// <summary>Objects of any type, image files or their paths for a model of images, or a dataset.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = Objects)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>CSV files with the same columns; wildcards are supported.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Files)]
    [SupportsWildcards]
    public string[] Path { get; set => field = value ?? []; } = [];

    /// <summary>CSV files with the same columns; wildcard characters are part of the name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralFiles)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set => field = value ?? []; } = [];

    /// <summary>The CSV file to write: the rows of the files with their predictions.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Files)]
    [Parameter(Mandatory = true, ParameterSetName = LiteralFiles)]
    public string OutFile { get; set; } = "";

    /// <summary>A trained model, or the path of a model file or of a training's checkpoints.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Model { get; set; } = null!;

    /// <summary>Number of time steps to predict. Default: the number that the model predicts at once.</summary>
    [Parameter(ParameterSetName = Objects)]
    public int? Horizon { get; set; }

    /// <summary>
    /// The probabilities to add: Predicted adds that of the predicted class as Probability; All adds that of each class
    /// too, as Probability_CLASS. Default: Predicted.
    /// </summary>
    [Parameter]
    public ProbabilityChoice Probability { get; set; }

    /// <summary>
    /// The probability from which the positive class is predicted, from 0 to 1. Default: the most likely class is
    /// predicted.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? Threshold { get; set; }

    /// <summary>The positive class, for -Threshold. Default: the second of two classes by name.</summary>
    [Parameter]
    public string? Positive { get; set; }

    /// <summary>
    /// The name of a layer whose output, its representation of the object, is added as an array. Default: none is
    /// added.
    /// </summary>
    [Parameter(ParameterSetName = Objects)]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string? Layer { get; set; }

    /// <summary>The name of the property with the output of -Layer. Default: the layer's name.</summary>
    [Parameter(ParameterSetName = Objects)]
    public string? As { get; set; }

    /// <summary>Makes an existing file an error instead of replacing it.</summary>
    [Parameter(ParameterSetName = Files)]
    [Parameter(ParameterSetName = LiteralFiles)]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a read-only file too.</summary>
    [Parameter(ParameterSetName = Files)]
    [Parameter(ParameterSetName = LiteralFiles)]
    public SwitchParameter Force { get; set; }
}
