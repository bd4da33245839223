using static TorchSharp.torch;

namespace DeepPS.Plots;

/// <summary>t-SNE: places in two dimensions whose neighbours are those of the vectors.</summary>
/// <remarks>van der Maaten and Hinton, Visualizing data using t-SNE (2008), exact: momentum 0.5, later 0.8, gains, and
/// early exaggeration by 12 for 250 steps; learning rate after Belkina et al. (2019); start from the principal
/// components, so that the same data gives the same picture (Kobak and Berens 2019).</remarks>
/// <param name="perplexity">The number of neighbours that counts.</param>
internal sealed class NeighbourEmbedding(double perplexity)
{
    private const int Steps = 750, EarlySteps = 250, SearchSteps = 60;
    private const double Exaggeration = 12, LeastGain = 0.01, LeastRate = 50, StartDeviation = 1e-4;

    /// <summary>The places (count, 2) of vectors (count, size), float64.</summary>
    /// <param name="vectors">The vectors.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    public Tensor Of(Tensor vectors, CancellationToken cancel = default)
    {
        using var scope = NewDisposeScope();
        var count = (int)vectors.shape[0];
        var target = Neighbours(vectors).to(ScalarType.Float32).contiguous().data<float>().ToArray();
        var forces = new NeighbourForces(target, count);
        var start = PrincipalComponents.Of(vectors, 2).Places;
        start = start.div(start.select(1, 0).std().clamp_min(1e-12)).mul(StartDeviation).to(ScalarType.Float32);
        var x = start.select(1, 0).contiguous().data<float>().ToArray();
        var y = start.shape[1] > 1 ? start.select(1, 1).contiguous().data<float>().ToArray() : new float[count];
        var (coordinates, gradients) = (new[] { x, y }, new[] { new float[count], new float[count] });
        var (updates, gains) = (new[] { new float[count], new float[count] }, new[] { Ones(count), Ones(count) });
        var rate = (float)Math.Max(count / Exaggeration / 4, LeastRate);
        for (var step = 0; step < Steps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            var isEarly = step < EarlySteps;
            forces.Add(x, y, isEarly ? (float)Exaggeration : 1, gradients[0], gradients[1]);
            for (var axis = 0; axis < 2; axis++)
                Move(coordinates[axis], gradients[axis], updates[axis], gains[axis], isEarly ? 0.5f : 0.8f, rate);
        }

        return stack([tensor(x), tensor(y)], 1).to(ScalarType.Float64).MoveToOuterDisposeScope();
    }

    private static float[] Ones(int count)
    {
        var ones = new float[count];
        Array.Fill(ones, 1);
        return ones;
    }

    /// <summary>Moves the places along one axis; their mean stays 0.</summary>
    private static void Move(float[] places, float[] gradient, float[] update, float[] gain, float momentum, float rate)
    {
        for (var i = 0; i < places.Length; i++)
        {
            gain[i] = Math.Max((float)LeastGain,
                Math.Sign(gradient[i]) == Math.Sign(update[i]) ? gain[i] * 0.8f : gain[i] + 0.2f);
            update[i] = momentum * update[i] - rate * gain[i] * gradient[i];
            places[i] += update[i];
        }

        var mean = places.Average();
        for (var i = 0; i < places.Length; i++)
            places[i] -= mean;
    }

    /// <summary>The symmetric neighbour probabilities of vectors, whose perplexity is the one asked for.</summary>
    internal Tensor Neighbours(Tensor vectors)
    {
        var count = vectors.shape[0];
        var distances = Distances(vectors);
        // Bisection of the precision of each row, on a logarithmic scale.
        var wanted = Math.Log(Math.Min(perplexity, Math.Max(1, (count - 1) / 3.0)));
        var scale = distances.sum([1], keepdim: true).div(Math.Max(1, count - 1)).clamp_min(1e-12);
        var (low, high) = (full([count, 1], -30.0, ScalarType.Float64), full([count, 1], 30.0, ScalarType.Float64));
        for (var step = 0; step < SearchSteps; step++)
        {
            using var inner = NewDisposeScope();
            var middle = low.add(high).div(2);
            var isWide = Rows(middle).Entropy.gt(wanted);
            low.copy_(where(isWide, middle, low));
            high.copy_(where(isWide, high, middle));
        }

        var rows = Rows(low.add(high).div(2)).Probabilities;
        return rows.add(rows.t()).div(2 * count);

        (Tensor Probabilities, Tensor Entropy) Rows(Tensor logarithm)
        {
            var logits = distances.div(scale).mul(logarithm.exp()).neg();
            logits.diagonal().fill_(double.NegativeInfinity);
            var probabilities = logits.softmax(1);
            var entropy = probabilities.mul(probabilities.clamp_min(1e-300).log()).sum([1], keepdim: true).neg();
            return (probabilities, entropy);
        }
    }

    /// <summary>The squared distances of all pairs.</summary>
    private static Tensor Distances(Tensor places)
    {
        var squares = places.square().sum([1], keepdim: true);
        return squares.add(squares.t()).sub(places.matmul(places.t()).mul(2)).clamp_min(0);
    }
}
