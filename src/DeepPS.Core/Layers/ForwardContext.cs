using static TorchSharp.torch;

namespace DeepPS;

/// <summary>What a forward pass needs to know besides its input, and what it gives besides its output.</summary>
/// <param name="training">Whether dropout drops and batch normalisation learns its statistics.</param>
/// <param name="generator">Where random numbers come from; null: torch's own for the device.</param>
public sealed class ForwardContext(bool training, Generator? generator = null)
{
    private readonly List<Tensor> penalties = [];

    /// <summary>A forward pass that neither drops nor learns.</summary>
    public static ForwardContext Inference { get; } = new(training: false);

    /// <summary>Whether dropout drops and batch normalisation learns its statistics.</summary>
    public bool Training { get; } = training;

    /// <summary>Where random numbers come from; null: torch's own for the device.</summary>
    public Generator? Generator { get; } = generator;

    /// <summary>While training, adds a number to the batch's loss: what a layer's regulariser makes of its weights or output.</summary>
    /// <param name="penalty">A tensor of no axes.</param>
    public void Penalize(Tensor penalty)
    {
        if (Training)
            penalties.Add(penalty);
    }

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
