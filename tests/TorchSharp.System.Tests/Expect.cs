using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Comparisons of a tensor with numbers computed in the test.</summary>
internal static class Expect
{
    public static void Close(IReadOnlyList<double> expected, Tensor actual, double tolerance = 1e-5)
    {
        var values = Values(actual);
        Assert.Equal(expected.Count, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            var limit = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(
                Math.Abs(expected[i] - values[i]) <= limit,
                $"Element {i}: expected {expected[i]}, got {values[i]}. All: [{string.Join(", ", values)}]");
        }
    }

    public static void Close(double expected, Tensor actual, double tolerance = 1e-5) =>
        Close([expected], actual, tolerance);

    public static double[] Values(Tensor tensor)
    {
        using var plain = tensor.detach().to(ScalarType.Float64).contiguous();
        return plain.data<double>().ToArray();
    }

    /// <summary>
    /// Compares autograd's gradient of the sum of <paramref name="function"/> with central differences, in doubles.
    /// </summary>
    public static void Gradient(Func<Tensor, Tensor> function, Tensor at, double tolerance = 1e-6)
    {
        const double Step = 1e-5;
        using var scope = NewDisposeScope();
        var point = at.detach().to(ScalarType.Float64).clone();
        var x = point.clone().requires_grad_();
        function(x).sum().backward();
        var flat = Values(point);
        var expected = new double[flat.Length];
        for (var i = 0; i < flat.Length; i++)
        {
            double At(double value)
            {
                var moved = (double[])flat.Clone();
                moved[i] = value;
                return function(torch.tensor(moved).reshape(point.shape)).sum().ToDouble();
            }

            expected[i] = (At(flat[i] + Step) - At(flat[i] - Step)) / (2 * Step);
        }

        Close(expected, x.grad!, tolerance);
    }
}
