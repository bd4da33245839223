using System.Management.Automation;
using DeepPS.Completion;
using DeepPS.Inference;

namespace DeepPS.Commands;

/// <content>How a model of text chooses tokens.</content>
public sealed partial class InvokeDlPredictionCommand
{
    /// <summary>
    /// Beam search: the number of unfinished texts that are kept for each object. For a model of a text label. Default:
    /// 1, the most likely token each time.
    /// </summary>
    [Parameter(ParameterSetName = Objects)]
    [ValidateRange(1, 1000)]
    public int? Beam { get; set; }

    /// <summary>
    /// The exponent by which beam search favours long texts; 0 favours none (Wu et al. 2016). Default: 0.6.
    /// </summary>
    [Parameter(ParameterSetName = Objects)]
    [ValidateNotNegative]
    public double? LengthPenalty { get; set; }

    /// <summary>
    /// Draws tokens at random, by probabilities from logits divided by this number: below 1 likely tokens are drawn
    /// more often. Default: the most likely token is taken; 1 with -TopK or -TopP.
    /// </summary>
    [Parameter(ParameterSetName = Objects)]
    [ValidateRange(0.001, 1000.0)]
    public double? Temperature { get; set; }

    /// <summary>Draws tokens only among this number of most likely ones. Default: among all.</summary>
    [Parameter(ParameterSetName = Objects)]
    [ValidateRange(1, int.MaxValue)]
    public int? TopK { get; set; }

    /// <summary>
    /// Draws tokens only among the fewest most likely ones that have this probability together (nucleus sampling,
    /// Holtzman et al. 2020). Default: among all.
    /// </summary>
    [Parameter(ParameterSetName = Objects)]
    [ValidateRange(0.001, 1.0)]
    public double? TopP { get; set; }

    /// <summary>The seed of drawing tokens.</summary>
    [Parameter(ParameterSetName = Objects)]
    public int Seed { get; set; }

    /// <summary>
    /// The largest number of tokens of a produced text, with its end. Default: the length of the longest training text.
    /// </summary>
    [Parameter(ParameterSetName = Objects)]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxLength { get; set; }

    /// <summary>
    /// The number of tokens that a language model adds to each object's text; after the end of a text it begins a new
    /// one, on a new line. Default: up to the end of the text.
    /// </summary>
    [Parameter(ParameterSetName = Objects)]
    [ValidateRange(1, int.MaxValue)]
    public int? Generate { get; set; }

    private DecodingOptions? Decoding =>
        (Beam ?? LengthPenalty ?? Temperature ?? TopK ?? TopP ?? MaxLength ?? Generate) is null ? null
        : new DecodingOptions
        {
            Beam = Beam ?? 1, LengthPenalty = LengthPenalty ?? 0.6, Temperature = Temperature, TopK = TopK, TopP = TopP,
            Seed = Seed, MaxLength = MaxLength, Generate = Generate,
        };
}
