using System.Collections.Concurrent;

namespace DeepPS.Inference;

/// <summary>The Gauss-Legendre rule of quadrature on [0, 1]: n nodes integrate polynomials up to degree 2n - 1
/// exactly.</summary>
internal static class GaussLegendre
{
    private const double Precision = 1e-15;
    private static readonly ConcurrentDictionary<int, (float[] Nodes, float[] Weights)> Known = new();

    /// <summary>The nodes and their weights, which add up to 1.</summary>
    public static (float[] Nodes, float[] Weights) Of(int count) => Known.GetOrAdd(count, Make);

    /// <summary>The nodes are the roots of the Legendre polynomial, found by Newton's method.</summary>
    private static (float[] Nodes, float[] Weights) Make(int count)
    {
        var (nodes, weights) = (new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            double slope, step;
            do
            {
                var (value, before) = (1.0, 0.0);
                for (var k = 0; k < count; k++)
                    (value, before) = (((2 * k + 1) * x * value - k * before) / (k + 1), value);
                slope = count * (x * value - before) / (x * x - 1);
                x -= step = value / slope;
            }
            while (Math.Abs(step) > Precision);

            nodes[i] = (float)((1 - x) / 2);
            weights[i] = (float)(1 / ((1 - x * x) * slope * slope));
        }

        return (nodes, weights);
    }
}
