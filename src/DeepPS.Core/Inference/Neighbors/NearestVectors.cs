using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Inference;

/// <summary>
/// Finds the nearest of many vectors: exact, block by block, so that its memory does not grow with their number.
/// </summary>
internal static class NearestVectors
{
    /// <summary>The vectors that are compared with at once.</summary>
    private const int Block = 4096;

    /// <summary>The most numbers of candidates at once.</summary>
    private const long MostNumbers = 1 << 22;

    /// <summary>Candidates besides the wanted ones, whose order may change when distances are exact.</summary>
    private const int Spare = 8;

    /// <summary>The nearest vectors of each query, the nearest first.</summary>
    /// <param name="queries">(queries, size), float32.</param>
    /// <param name="vectors">(vectors, size), float32.</param>
    /// <param name="count">The number of neighbors, or fewer if there are fewer vectors.</param>
    /// <param name="distance">The distance.</param>
    /// <returns>The distances and the places of the vectors: (queries, neighbors).</returns>
    public static (double[,] Distances, long[,] Places) Of(Tensor queries, Tensor vectors, int count,
        NeighborDistance distance)
    {
        count = (int)Math.Min(count, vectors.shape[0]);
        var (distances, places) = (new double[queries.shape[0], count], new long[queries.shape[0], count]);
        var candidates = (int)Math.Min(count + Spare, vectors.shape[0]);
        var rows = Math.Clamp(MostNumbers / Math.Max(1, candidates * vectors.shape[1]), 1, 1024);
        for (var first = 0L; first < queries.shape[0]; first += rows)
        {
            using var scope = NewDisposeScope();
            var part = queries.narrow(0, first, Math.Min(rows, queries.shape[0] - first));
            var found = Candidates(part, vectors, candidates, distance);
            var exact = Exact(part, vectors.index_select(0, found.reshape(-1)).view(found.shape[0], candidates, -1),
                distance);
            var (nearest, order) = exact.topk(count, 1, largest: false, sorted: true);
            var own = nearest.cpu().contiguous().data<double>().ToArray();
            var places1 = found.gather(1, order).cpu().contiguous().data<long>().ToArray();
            for (var i = 0; i < own.Length; i++)
                (distances[first + i / count, i % count], places[first + i / count, i % count]) = (own[i], places1[i]);
        }

        return (distances, places);
    }

    /// <summary>The places of the vectors with the smallest distances by matrix products, (queries, count).</summary>
    private static Tensor Candidates(Tensor queries, Tensor vectors, int count, NeighborDistance distance)
    {
        Tensor? best = null, places = null;
        for (var first = 0L; first < vectors.shape[0]; first += Block)
        {
            using var scope = NewDisposeScope();
            var block = vectors.narrow(0, first, Math.Min(Block, vectors.shape[0] - first));
            // Cosine: minus the cosine times the query's length. Euclidean: the square without the query's own.
            var far = distance is NeighborDistance.Cosine ? queries.matmul(F.normalize(block, dim: 1).t()).neg()
                : block.square().sum(1).add(queries.matmul(block.t()), -2);
            var own = arange(first, first + block.shape[0], device: vectors.device).expand(queries.shape[0], -1);
            var (all, which) = best is null ? (far, own) : (cat([best, far], 1), cat([places!, own], 1));
            var (least, order) = all.topk((int)Math.Min(count, all.shape[1]), 1, largest: false, sorted: false);
            (best, places) = (least.MoveToOuterDisposeScope(), which.gather(1, order).MoveToOuterDisposeScope());
        }

        return places!;
    }

    /// <summary>The distances of queries (queries, size) to candidates (queries, candidates, size), float64.</summary>
    private static Tensor Exact(Tensor queries, Tensor candidates, NeighborDistance distance)
    {
        var (a, b) = (queries.to(ScalarType.Float64).unsqueeze(1), candidates.to(ScalarType.Float64));
        return distance is NeighborDistance.Euclidean ? b.sub(a).square().sum(2).sqrt()
            : F.normalize(a, dim: 2).mul(F.normalize(b, dim: 2)).sum(2).neg().add(1).clamp(0, 2);
    }
}
