using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>The cores of a matrix as a tensor train, as <see cref="Layers.TensorTrainDense"/> has them.</summary>
/// <param name="Cores">Core k as a matrix (mk rk, r(k-1) nk).</param>
/// <param name="Ranks">The ranks between them.</param>
/// <param name="Error">The relative error of the matrix.</param>
internal sealed record CoreTrain(IReadOnlyList<Tensor> Cores, long[] Ranks, double Error)
{
    /// <summary>Decomposes a matrix from left to right. If the ranks keep an energy, each of the d - 1 decompositions
    /// may lose an equal part of the rest: the squared errors add up to at most the whole (Theorem 2.2).</summary>
    /// <param name="weight">(units, features).</param>
    /// <param name="inputs">The factors n1 to nd of the features.</param>
    /// <param name="outputs">The factors m1 to md of the units.</param>
    /// <param name="choice">Chooses the ranks.</param>
    public static CoreTrain Of(Tensor weight, long[] inputs, long[] outputs, RankChoice choice)
    {
        var count = inputs.Length;
        // (m1, ..., md, n1, ..., nd) to (m1, n1, m2, n2, ...).
        var order = Enumerable.Range(0, count).SelectMany(k => new long[] { k, count + k }).ToArray();
        var rest = weight.detach().cpu().to(ScalarType.Float64).reshape([.. outputs, .. inputs]).permute(order)
            .contiguous();
        var whole = rest.square().sum().ToDouble();
        List<Tensor> cores = [];
        List<long> ranks = [];
        var (rank, lost) = (1L, 0.0);
        for (var k = 0; k < count - 1; k++)
        {
            var (u, s, v) = linalg.svd(rest.reshape(rank * outputs[k] * inputs[k], -1), fullMatrices: false);
            var squares = s.square();
            var next = Rank(squares, whole, choice, count - 1);
            lost += squares.narrow(0, next, squares.shape[0] - next).sum().ToDouble();
            cores.Add(Matrix(u.narrow(1, 0, next), rank, k, next));
            rest = s.narrow(0, 0, next).unsqueeze(1).mul(v.narrow(0, 0, next));
            ranks.Add(rank = next);
        }

        cores.Add(Matrix(rest, rank, count - 1, 1));
        return new CoreTrain(cores, ranks.ToArray(), Factors.RelativeError(lost, whole));

        // (r m n, r') to (m r', r n).
        Tensor Matrix(Tensor core, long before, int k, long after) =>
            core.reshape(before, outputs[k], inputs[k], after).permute(1, 3, 0, 2)
                .reshape(outputs[k] * after, before * inputs[k]);
    }

    private static long Rank(Tensor squares, double whole, RankChoice choice, int decompositions)
    {
        if (choice.Energy is not { } energy)
            return choice.For(squares);
        var values = squares.data<double>().ToArray();
        var (rank, tail) = (values.Length, 0.0);
        while (rank > 1 && (tail += values[rank - 1]) <= (1 - energy) * whole / decompositions)
            rank--;
        return rank;
    }
}
