using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The context of a forward pass: mode, random generator, precision, and the penalties that layers
/// add.</summary>
/// <param name="training">Whether the pass is for training: dropout drops and batch normalization updates its
/// statistics.</param>
/// <param name="generator">The random generator; null for torch's own generator of the device.</param>
/// <param name="precision">The precision of the layers. The network's input is always float32.</param>
public sealed class ForwardContext(bool training, Generator? generator = null,
    TrainingPrecision precision = TrainingPrecision.Float32)
{
    private readonly List<Tensor> penalties = [];
    private ForwardContext? still;

    /// <summary>A forward pass outside training.</summary>
    public static ForwardContext Inference { get; } = new(training: false);

    /// <summary>Whether the pass is for training: dropout drops and batch normalization updates its
    /// statistics.</summary>
    public bool Training { get; } = training;

    /// <summary>The random generator; null for torch's own generator of the device.</summary>
    public Generator? Generator { get; } = generator;

    /// <summary>The precision of the layers.</summary>
    public TrainingPrecision Precision { get; } = precision;

    /// <summary>Gives the vectors of an embedding by the name of its weight, (places, features), instead of those of
    /// its tokens; null: those of the tokens. An explanation changes them, since ids have no gradient.</summary>
    internal Func<string, Tensor?>? Vectors { get; init; }

    /// <summary>Whether the outputs are differentiated twice: layers then use no kernel without a second derivative.
    /// </summary>
    internal bool IsDifferentiatedTwice { get; set; }

    /// <summary>Sees the products of layers with their weights; null: nothing does.</summary>
    internal IProductObserver? Observer { get; set; }

    /// <summary>Gives the standard normal noise of a shape; null: the generator does.</summary>
    internal Func<long[], Tensor>? Noise { get; init; }

    /// <summary>What layers keep, where the pass computes one step of a sequence; null: all steps.</summary>
    internal StepCache? Steps { get; init; }

    /// <summary>Takes the weights of attention to a memory; null: nobody asks for them.</summary>
    internal AttentionRecord? Attention { get; init; }

    /// <summary>The same pass for a frozen layer: not in training mode.</summary>
    internal ForwardContext Still =>
        !Training ? this : IsDifferentiatedTwice ? new ForwardContext(training: false) { IsDifferentiatedTwice = true }
        : Precision == TrainingPrecision.Float32
            ? Inference
            : still ??= new ForwardContext(training: false, precision: Precision);

    /// <summary>A factor of a matrix product or a convolution, in the precision to compute it with.</summary>
    public Tensor ForProduct(Tensor factor) =>
        Precision == TrainingPrecision.Float32 ? factor : As(factor, ScalarType.BFloat16);

    /// <summary>An input of sums over many numbers or of powers, such as softmax, in the precision to compute it
    /// with.</summary>
    public Tensor ForSum(Tensor input) => Precision switch
    {
        TrainingPrecision.Mixed => As(input, ScalarType.Float32),
        TrainingPrecision.BFloat16 => As(input, ScalarType.BFloat16),
        _ => input,
    };

    /// <summary>An input of a computation that is always float32.</summary>
    public Tensor Exact(Tensor input) => Precision == TrainingPrecision.Float32 ? input : As(input, ScalarType.Float32);

    /// <summary>A tensor converted to a type, or itself if it has that type.</summary>
    internal static Tensor As(Tensor tensor, ScalarType type) => tensor.dtype == type ? tensor : tensor.to(type);

    /// <summary>Adds a regularizer's penalty to the batch's loss while training.</summary>
    /// <param name="penalty">A scalar tensor.</param>
    public void Penalize(Tensor penalty)
    {
        if (Training)
            penalties.Add(penalty);
    }

    /// <summary>Discards the penalties of a forward pass that failed.</summary>
    internal void Forget() => penalties.Clear();

    /// <summary>The sum of the penalties since the last call; null if there was none.</summary>
    public Tensor? TakePenalty()
    {
        if (penalties.Count == 0)
            return null;
        var sum = penalties.Aggregate((total, penalty) => total.add(penalty));
        penalties.Clear();
        return sum;
    }
}
