using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// The last changes of the gradient and of the parameters that went with them, from which <see cref="LBFGS"/> takes the
/// curvature. From Nocedal (1980).
/// </summary>
internal sealed class CurvatureMemory(int size) : IDisposable
{
    /// <summary>A pair of changes counts only where both went the same way by more.</summary>
    private const double SmallestCurvature = 1e-10;

    private readonly List<Pair> pairs = [];
    private double scale = 1;

    /// <summary>Takes a pair in; the oldest goes where there are too many.</summary>
    public void Add(Tensor gradientChange, Tensor parameterChange)
    {
        var curvature = gradientChange.dot(parameterChange).ToDouble();
        if (!(curvature > SmallestCurvature))
            return;
        if (pairs.Count == size)
        {
            pairs[0].Dispose();
            pairs.RemoveAt(0);
        }

        scale = curvature / gradientChange.dot(gradientChange).ToDouble();
        pairs.Add(new Pair(gradientChange.DetachFromDisposeScope(), parameterChange.DetachFromDisposeScope(), curvature));
    }

    /// <summary>Multiplies a vector, in place, by the approximate inverse of the Hessian.</summary>
    public Tensor Bend(Tensor vector)
    {
        if (pairs.Count == 0)
            return vector;
        var shares = new double[pairs.Count];
        var product = pairs[^1].Parameter.dot(vector).ToDouble();
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            shares[i] = product / pairs[i].Curvature;
            product = FusedVector.AddAndDot(vector, pairs[i].Gradient, -shares[i], i > 0 ? pairs[i - 1].Parameter : pairs[0].Gradient);
        }

        vector.mul_(scale);
        product *= scale;
        foreach (var (i, pair) in pairs.Index())
        {
            var next = i + 1 < pairs.Count ? pairs[i + 1].Gradient : vector;
            product = FusedVector.AddAndDot(vector, pair.Parameter, shares[i] - product / pair.Curvature, next);
        }

        return vector;
    }

    /// <summary>The pairs by name.</summary>
    public IEnumerable<(string Name, Tensor Value)> Save() =>
    [
        ("H_diag", tensor(scale)),
        ("ys", tensor(pairs.Select(pair => pair.Curvature).ToArray())),
        .. pairs.SelectMany((pair, i) => new[] { (GradientName(i), pair.Gradient), (ParameterName(i), pair.Parameter) }),
    ];

    /// <summary>Takes the pairs that were saved.</summary>
    /// <param name="file">Where they are.</param>
    /// <param name="take">Gives a vector of its own by name.</param>
    public void Load(OptimizerFile file, Func<string, Tensor> take)
    {
        scale = file.Take("H_diag", []).ToDouble();
        var count = 0;
        while (file.Has(GradientName(count)))
            count++;
        var curvatures = file.Take("ys", [count]).data<double>().ToArray();
        for (var i = 0; i < count; i++)
            pairs.Add(new Pair(take(GradientName(i)), take(ParameterName(i)), curvatures[i]));
    }

    public void Dispose()
    {
        foreach (var pair in pairs)
            pair.Dispose();
        pairs.Clear();
    }

    private static string GradientName(int i) => $"old_dirs.{i}";

    private static string ParameterName(int i) => $"old_stps.{i}";

    private sealed record Pair(Tensor Gradient, Tensor Parameter, double Curvature) : IDisposable
    {
        public void Dispose()
        {
            Gradient.Dispose();
            Parameter.Dispose();
        }
    }
}
