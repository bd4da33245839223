using DeepPS.Objectives;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class HessianTests
{
    private static readonly double[] BatchSizes = [20, 7];

    public static TheoryData<int, int> Cases
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (var (i, _) in Golden.Load("curvature").Index())
                foreach (var size in BatchSizes)
                    data.Add(i, (int)size);
            return data;
        }
    }

    /// <summary>The expected values come from the dense matrix in double precision.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void ProductsAndEigenvaluesAreThoseOfTheDenseMatrix(int index, int batchSize)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("curvature")[index];
        using var network = GoldenNetwork.Load(golden, golden["parameters"]!);
        Loss loss = (string)golden["type"]! == "dense" ? new CrossEntropy() : new MSELoss();
        using var samples = new GivenSamples(Golden.Tensor(golden["inputs"]!), Golden.Tensor(golden["targets"]!));
        var hessian = new HessianProduct(network, loss, samples, batchSize, 1, default);
        var (value, norm) = hessian.Gradient();
        Near((double)golden["loss"]!, value);
        Near((double)golden["gradientNorm"]!, norm);
        var product = hessian.Of(Golden.Tensor(golden["along"]!).to(ScalarType.Float64));
        Golden.Equal(golden["product"]!, product.to(ScalarType.Float32), "product", tolerance: 1e-5);

        var expected = golden["eigenvalues"]!.AsArray().Select(one => (double)one!).ToArray();
        Assert.Equal(expected.Length, hessian.Size);
        using var generator = new Generator(1);
        using var lanczos = new Lanczos(hessian.Size, hessian.Of, () => randn(hessian.Size, ScalarType.Float64,
            generator: generator));
        var found = lanczos.Run(wanted: 5, iterations: 100, tolerance: 1e-6);
        Assert.True(found.Converged);
        var scale = Math.Max(expected[^1], -expected[0]);
        foreach (var (i, one) in found.Largest.Index())
            Assert.Equal(expected[^(i + 1)], one, 1e-4 * scale);
        foreach (var (i, one) in found.Smallest.Index())
            Assert.Equal(expected[i], one, 1e-4 * scale);
    }

    /// <summary>A matrix with an eigenvalue three times, and one of rank 2.</summary>
    [Theory]
    [InlineData(new double[] { 3, 3, 3, 1, 0.5, -2 }, new double[] { 3, 3, 3 }, new double[] { -2, 0.5, 1 })]
    [InlineData(new double[] { 4, 0, 0, 0, 0, 0, -1, 0 }, new double[] { 4, 0, 0 }, new double[] { -1, 0, 0 })]
    public void EigenvaluesThatRepeatAreFound(double[] values, double[] largest, double[] smallest)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        var (q, _) = linalg.qr(randn(values.Length, values.Length, ScalarType.Float64));
        var matrix = q.mul(tensor(values)).matmul(q.t());
        using var lanczos = new Lanczos(values.Length, matrix.mv, () => randn(values.Length, ScalarType.Float64));
        var found = lanczos.Run(wanted: 3, iterations: 100, tolerance: 1e-8);
        Assert.Equal(largest, found.Largest, (one, other) => Math.Abs(one - other) < 1e-9);
        Assert.Equal(smallest, found.Smallest, (one, other) => Math.Abs(one - other) < 1e-9);
    }

    [Fact]
    public void TooFewIterationsAreToldByTheErrorBound()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        var values = arange(1, 301, ScalarType.Float64);
        using var lanczos = new Lanczos(300, vector => vector.mul(values), () => randn(300, ScalarType.Float64));
        var found = lanczos.Run(wanted: 2, iterations: 12, tolerance: 1e-6);
        Assert.Equal((12, false), (found.Iterations, found.Converged));
        Assert.InRange(300 - found.Largest[0], 0, found.ErrorBound);
    }

    private static void Near(double expected, double actual) =>
        Assert.Equal(expected, actual, 1e-5 * Math.Max(1, Math.Abs(expected)));
}
