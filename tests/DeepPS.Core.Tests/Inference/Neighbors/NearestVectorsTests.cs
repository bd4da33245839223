using DeepPS.Inference;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>The search in blocks against the distances to all vectors in double precision.</summary>
public class NearestVectorsTests
{
    [Theory]
    [InlineData(NeighborDistance.Cosine, 9000)]
    [InlineData(NeighborDistance.Euclidean, 9000)]
    [InlineData(NeighborDistance.Euclidean, 3)]
    public void TheNearestAreThoseOfAllDistances(NeighborDistance distance, int count)
    {
        TorchRuntime.Ensure();
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var vectors = randn([count, 6], generator: generator).add(3);
        var queries = cat([randn([40, 6], generator: generator).add(3), vectors.narrow(0, 1, 1)], 0);
        var (distances, places) = NearestVectors.Of(queries, vectors, 5, distance);
        Assert.Equal((41, Math.Min(5, count)), (places.GetLength(0), places.GetLength(1)));
        var (a, b) = (Rows(queries), Rows(vectors));
        for (var i = 0; i < a.Length; i++)
        {
            var all = b.Select(vector => Of(a[i], vector)).ToArray();
            var nearest = all.Order().Take(5).ToArray();
            for (var rank = 0; rank < nearest.Length; rank++)
            {
                Assert.Equal(nearest[rank], distances[i, rank], 1e-7);
                Assert.Equal(nearest[rank], all[places[i, rank]], 1e-7);
            }

            Assert.Equal(nearest.Length, Enumerable.Range(0, nearest.Length).Select(rank => places[i, rank])
                .Distinct().Count());
        }

        Assert.Equal(1, places[40, 0]);
        Assert.Equal(0, distances[40, 0], 1e-12);

        double Of(double[] x, double[] y) => distance is NeighborDistance.Euclidean
            ? Math.Sqrt(x.Zip(y, (u, v) => (u - v) * (u - v)).Sum())
            : 1 - x.Zip(y, (u, v) => u * v).Sum() / Math.Sqrt(x.Sum(u => u * u) * y.Sum(v => v * v));

        static double[][] Rows(Tensor all) =>
            all.to(ScalarType.Float64).data<double>().ToArray().Chunk((int)all.shape[1]).ToArray();
    }
}
