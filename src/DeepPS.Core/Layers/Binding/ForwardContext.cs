using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>What a forward pass needs to know besides its input, and what it gives besides its output.</summary>
/// <param name="training">Whether dropout drops and batch normalisation learns its statistics.</param>
/// <param name="generator">Where random numbers come from; null: torch's own for the device.</param>
/// <param name="precision">What numbers layers compute with. What goes into the network is float32 in any case.</param>
public sealed class ForwardContext(bool training, Generator? generator = null,
    TrainingPrecision precision = TrainingPrecision.Float32)
{
    private readonly List<Tensor> penalties = [];
    private ForwardContext? still;

    /// <summary>A forward pass that neither drops nor learns.</summary>
    public static ForwardContext Inference { get; } = new(training: false);

    /// <summary>Whether dropout drops and batch normalisation learns its statistics.</summary>
    public bool Training { get; } = training;

    /// <summary>Where random numbers come from; null: torch's own for the device.</summary>
    public Generator? Generator { get; } = generator;

    /// <summary>What numbers layers compute with.</summary>
    public TrainingPrecision Precision { get; } = precision;

    /// <summary>The same pass for a frozen layer: it neither drops nor learns.</summary>
    internal ForwardContext Still =>
        Precision == TrainingPrecision.Float32
            ? Inference
            : still ??= new ForwardContext(training: false, precision: Precision);

    /// <summary>A factor of a matrix product or a convolution, in the numbers that it is to be computed with.</summary>
    public Tensor ForProduct(Tensor factor) =>
        Precision == TrainingPrecision.Float32 ? factor : As(factor, ScalarType.BFloat16);

    /// <summary>What is summed over many places or raised to a power, as softmax does, in the numbers that it is to be
    /// computed with.</summary>
    public Tensor ForSum(Tensor input) => Precision switch
    {
        TrainingPrecision.Mixed => As(input, ScalarType.Float32),
        TrainingPrecision.BFloat16 => As(input, ScalarType.BFloat16),
        _ => input,
    };

    /// <summary>What is computed in float32 whatever the precision.</summary>
    public Tensor Exact(Tensor input) => Precision == TrainingPrecision.Float32 ? input : As(input, ScalarType.Float32);

    /// <summary>A tensor in numbers of a type: itself, where it has them.</summary>
    internal static Tensor As(Tensor tensor, ScalarType type) => tensor.dtype == type ? tensor : tensor.to(type);

    /// <summary>While training, adds a number to the batch's loss: what a layer's regulariser makes of its weights or
    /// output.</summary>
    /// <param name="penalty">A tensor of no axes.</param>
    public void Penalize(Tensor penalty)
    {
        if (Training)
            penalties.Add(penalty);
    }

    /// <summary>Drops what a forward pass has left that did not come to its end.</summary>
    internal void Forget() => penalties.Clear();

    /// <summary>The sum of the penalties since the last call, or null where there was none.</summary>
    public Tensor? TakePenalty()
    {
        if (penalties.Count == 0)
            return null;
        var sum = penalties.Aggregate((total, penalty) => total.add(penalty));
        penalties.Clear();
        return sum;
    }
}
