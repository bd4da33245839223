using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Takes the steps of <see cref="WordSGD"/> for the samples of a batch, and gives their mean loss.</summary>
internal sealed class WordObjective : Objective
{
    /// <summary>The samples that a thread takes at a time.</summary>
    private const int Piece = 256;

    private readonly WordNetwork words;
    private readonly WordKernel kernel;
    private readonly Generator random;
    private readonly bool hogwild;

    private WordObjective(WordNetwork words, WordSGD rule, Generator random)
    {
        (this.words, this.random, hogwild) = (words, random, rule.Hogwild);
        kernel = new WordKernel(new AliasTable(CpuMemory.Floats(words.Noise.Value)), words.Negatives,
            (int)words.Vectors.Value.shape[1]);
    }

    /// <summary>Counts the steps, and knows the learning rate.</summary>
    private OptimizerStep? Steps { get; set; }

    /// <summary>A player that trains a network's word vectors.</summary>
    public static Player PlayerOf(Network network, WordSGD rule, ForwardContext context)
    {
        var objective = new WordObjective(WordNetwork.Of(network)!, rule, context.Generator!);
        var player = new Player(network, objective, rule);
        objective.Steps = player.Optimizer;
        return player;
    }

    /// <inheritdoc/>
    public override ObjectiveValue Compute(Batch batch)
    {
        var (sources, targets) = (Numbers(batch.Inputs[words.Sources]), Numbers(batch.Inputs[words.Targets]));
        var (count, rate, seed) = (batch.Count, (float)Steps!.LearningRate, Seed());
        var pieces = hogwild ? (count + Piece - 1) / Piece : 1;
        var losses = new double[pieces];
        LoopTeam.Run(pieces, piece =>
        {
            var first = hogwild ? piece * Piece : 0;
            var size = hogwild ? Math.Min(Piece, count - first) : count;
            losses[piece] = kernel.Run(Part(sources, first, size, count), Part(targets, first, size, count), size,
                CpuMemory.Floats(words.Vectors.Value), CpuMemory.Floats(words.Outputs.Value), rate,
                seed + (ulong)piece * 0xD1B54A32D192ED03UL);
        });
        // The steps are taken: nothing is left to differentiate.
        var loss = tensor((float)(losses.Sum() / count));
        return new ObjectiveValue(loss, loss, loss.clone().requires_grad_(true));
    }

    private static Tensor Numbers(Tensor ids) => ids.reshape(ids.shape[0], -1).contiguous();

    private static ReadOnlySpan<float> Part(Tensor ids, int first, int size, int count)
    {
        var all = CpuMemory.Floats(ids);
        var wide = all.Length / count;
        return all.Slice(first * wide, size * wide);
    }

    private ulong Seed()
    {
        using var drawn = empty([1], ScalarType.Int64).random_(0, 1L << 62, random);
        return (ulong)drawn.ToInt64();
    }
}
