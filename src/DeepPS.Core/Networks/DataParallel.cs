using DeepPS.Layers;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Networks;

/// <summary>Data parallelism on the CPU: each thread runs the forward and backward pass of a shard of the batch, and
/// the gradients of the shards are added up.</summary>
/// <remarks>Torch's threads share every operator and wait for each other at its end; those of a convolution's gradient
/// spin there. For recurrence and small convolutions a shard of the batch for each thread is faster, and beside other
/// processes much faster: measured on two cores, training steps of an LSTM take 0.45 to 0.75 of the time, those of
/// convolutions 0.6 to 1.1; beside a busy process the epochs of LeNet-5 take twice as long instead of four times. The
/// result depends on the number of threads, but not on their speed: a thread that has no core leaves its shard to the
/// others. See Krizhevsky, One weird trick for parallelizing convolutional neural networks (2014).</remarks>
internal sealed class DataParallel : IDisposable
{
    /// <summary>The largest number of values in all gradients of all shards: 256 MB.</summary>
    private const long MostGradients = 1L << 26;

    /// <summary>The least number of multiplications of a thread in a forward pass, some tenths of a millisecond: less
    /// work is done before the other threads are awake.</summary>
    private const long LeastWork = 1L << 23;

    /// <summary>The number of values in the outputs from which all threads compute the loss.</summary>
    private const long ManyOutputs = 1L << 18;

    private readonly Network network;
    private readonly ForwardContext context;
    private readonly Shard[] shards;
    // The outputs of the network; the last one is the penalty of its layers, a scalar, if there is one.
    private Tensor[] outputs = [];
    private int used;

    /// <summary>Shards for a network; <see cref="For"/> says whether they suit it.</summary>
    internal DataParallel(Network network, ForwardContext context, int threads)
    {
        (this.network, this.context) = (network, context);
        shards = Enumerable.Range(0, threads).Select(_ => new Shard(context)).ToArray();
    }

    /// <summary>Shards for a network where they are faster and each sample is computed by itself; else null.</summary>
    /// <param name="network">The network.</param>
    /// <param name="context">The mode, and the generator of the layers, from which those of the shards draw their
    /// seeds. It gets the penalties of the layers.</param>
    /// <param name="batch">The number of samples in a batch.</param>
    /// <param name="threads">The number of threads.</param>
    public static DataParallel? For(Network network, ForwardContext context, int batch, int threads)
    {
        var layers = network.Nodes.SelectMany(node => node.Layer.WithInside).ToArray();
        var suits = threads > 1 && layers.Max(layer => layer.SamplesOfShard) * threads <= batch
            && context.Precision == TrainingPrecision.Float32
            && network.Parameters.All(parameter => parameter.Value.device_type == DeviceType.CPU)
            && network.Buffers.Count == 0 && !layers.Any(layer => layer.SeesWholeBatch)
            && network.Nodes.Sum(Work) * batch >= LeastWork * threads
            && network.Parameters.Sum(parameter => parameter.Size) * threads <= MostGradients;
        return suits ? new DataParallel(network, context, threads) : null;
    }

    /// <summary>The number of multiplications of a layer for a sample, estimated.</summary>
    private static long Work(LayerNode node) => node.ParameterCount
        * node.Layer.WithInside.Max(layer => layer.UsesOfWeights(node.InputShapes[0], node.OutputShape));

    /// <summary>Runs a batch through all layers.</summary>
    /// <param name="inputs">As those of the network.</param>
    /// <returns>As that of the network, but without its graph: <see cref="Backward"/> continues from the gradients that
    /// they get.</returns>
    public IReadOnlyList<Tensor> ForwardAll(IReadOnlyList<Tensor> inputs)
    {
        Forget();
        var samples = inputs[0].shape[0];
        used = (int)Math.Min(samples, shards.Length);
        Seed();
        Run(samples, (shard, start, length) =>
        {
            var parts = inputs.Select(input => input.narrow(0, start, length)).ToArray();
            var found = network.ForwardAll(parts, shard.Context);
            var penalty = shard.Context.TakePenalty()?.mul((double)length / samples);
            shard.Outputs = Keep(penalty is null ? found : [.. found, penalty]);
        });
        outputs = Enumerable.Range(0, shards[0].Outputs.Length).Select(Whole).ToArray();
        if (outputs.Sum(output => output.numel()) >= ManyOutputs)
            Threads.UseOfThisThread(shards.Length);
        if (outputs[^1].dim() == 0)
            context.Penalize(outputs[^1]);
        return outputs.Where(output => output.dim() > 0).ToArray();
    }

    /// <summary>Carries the gradients that the outputs got back to the parameters, and adds them to theirs.</summary>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">A layer has no gradient.</exception>
    public void Backward()
    {
        // A loss may leave an output out.
        var slopes = outputs.Select(output => output.requires_grad ? output.grad : null).ToArray();
        var places = slopes.Index().Where(pair => pair.Item is not null).Select(pair => pair.Index).ToArray();
        if (places.Length == 0)
            return;
        var parameters = network.Parameters.Select(parameter => parameter.Value).Where(value => value.requires_grad)
            .ToArray();
        Run(outputs[0].shape[0], (shard, start, length) =>
        {
            var parts = places.Select(i => slopes[i]!).Select(slope => slope.dim() == 0 ? slope
                : slope.narrow(0, start, length)).ToArray();
            shard.Gradients = Keep(Gradients.Along(places.Select(i => shard.Outputs[i]).ToArray(), parts, parameters));
            shard.ForgetOutputs();
        });
        foreach (var (parameter, sum) in parameters.Zip(AddUp()))
            Give(parameter, sum);
        Forget();
    }

    public void Dispose()
    {
        Forget();
        foreach (var shard in shards)
            shard.Dispose();
    }

    /// <summary>Runs a function for each shard, with its first sample and its number of samples, on any thread; torch
    /// has one thread there.</summary>
    private void Run(long samples, Action<Shard, long, long> work)
    {
        try
        {
            LoopTeam.Run(used, i =>
            {
                Threads.UseOfThisThread(1);
                using var scope = NewDisposeScope();
                var start = samples * i / used;
                work(shards[i], start, samples * (i + 1) / used - start);
            });
        }
        catch
        {
            Forget();
            throw;
        }
    }

    /// <summary>An output of the whole batch, or the sum of the shards' penalties; without a graph.</summary>
    private Tensor Whole(int place)
    {
        var parts = shards.Take(used).Select(shard => shard.Outputs[place].detach()).ToArray();
        return (parts[0].dim() == 0 ? stack(parts).sum() : cat(parts))
            .requires_grad_(shards[0].Outputs[place].requires_grad);
    }

    /// <summary>The sum of the shards' gradients, in the shards' order; an empty tensor where no output depends on a
    /// parameter. A layer may give one tensor as the gradient of two parameters, so the sums have their own
    /// memory.</summary>
    private Tensor[] AddUp()
    {
        var sums = shards[0].Gradients.Select(gradient => empty_like(gradient)).ToArray();
        SumLoop.Add(shards.Take(used).Select(shard => shard.Gradients).ToArray(), sums);
        return sums;
    }

    private static void Give(Tensor parameter, Tensor sum)
    {
        // No output depends on it.
        if (sum.numel() == 0)
            return;
        using var before = parameter.grad;
        if (before is null)
            parameter.grad = sum;
        else
            before.add_(sum);
    }

    /// <summary>Gives each shard a seed: layers draw the same numbers whichever thread runs it.</summary>
    private void Seed()
    {
        using var drawn = empty([used], ScalarType.Int64).random_(0, 1L << 62, context.Generator);
        foreach (var (shard, seed) in shards.Zip(drawn.data<long>()))
            shard.Context.Generator!.manual_seed(seed);
    }

    private void Forget()
    {
        outputs = [];
        foreach (var shard in shards)
            shard.Forget();
    }

    /// <summary>Takes tensors out of the scope of a shard's pass.</summary>
    private static Tensor[] Keep(IEnumerable<Tensor> tensors) =>
        tensors.Select(tensor => tensor.DetachFromDisposeScope()).ToArray();

    /// <summary>A part of the batch.</summary>
    private sealed class Shard(ForwardContext whole) : IDisposable
    {
        public ForwardContext Context { get; } = new(whole.Training, new Generator());

        /// <summary>The network's outputs, with their graphs.</summary>
        public Tensor[] Outputs { get; set; } = [];

        /// <summary>The gradient of each parameter that learns.</summary>
        public Tensor[] Gradients { get; set; } = [];

        public void ForgetOutputs()
        {
            foreach (var output in Outputs)
                output.Dispose();
            Outputs = [];
        }

        public void Forget()
        {
            ForgetOutputs();
            foreach (var gradient in Gradients)
                gradient.Dispose();
            Gradients = [];
            Context.Forget();
        }

        public void Dispose()
        {
            Forget();
            Context.Generator!.Dispose();
        }
    }
}
