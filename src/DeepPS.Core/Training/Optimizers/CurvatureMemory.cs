using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The last changes of the gradient and of the parameters, from which <see cref="LBFGS"/> estimates the curvature: the
/// two-loop recursion of Nocedal (1980), a few pairs in each pass over memory.
/// </summary>
internal sealed class CurvatureMemory(int size) : IDisposable
{
    /// <summary>A pair of changes is kept only if its product is larger.</summary>
    private const double SmallestCurvature = 1e-10;

    private const string GradientName = "old_dirs";
    private const string ParameterName = "old_stps";
    private const string ProductName = "ys";
    private readonly List<Pair> pairs = [];
    private double scale = 1;

    /// <summary>Adds a pair, and drops the oldest if there are too many.</summary>
    public void Add(Tensor gradientChange, Tensor parameterChange)
    {
        if (!(gradientChange.dot(parameterChange).ToDouble() > SmallestCurvature))
            return;
        if (pairs.Count == size)
        {
            pairs[0].Dispose();
            pairs.RemoveAt(0);
        }

        var steps = pairs.TakeLast(FusedVector.Width - 1).Select(pair => pair.Parameter).Reverse()
            .Prepend(parameterChange).ToArray();
        var products = FusedVector.AddAndDot(gradientChange, [], [], steps);
        Array.Resize(ref products, FusedVector.Width);
        scale = products[0] / gradientChange.dot(gradientChange).ToDouble();
        pairs.Add(new Pair(
            gradientChange.DetachFromDisposeScope(), parameterChange.DetachFromDisposeScope(), products));
    }

    /// <summary>Multiplies a vector, in place, by the approximate inverse of the Hessian.</summary>
    public Tensor Bend(Tensor vector)
    {
        var shares = new double[pairs.Count];
        // From the newest pair to the oldest, then the scale, then back.
        var blocks = pairs.Index().Reverse().Chunk(FusedVector.Width).ToArray();
        var products = blocks.Length > 0 ? FusedVector.AddAndDot(vector, [], [], Steps(blocks[0])) : [];
        for (var b = 0; b < blocks.Length; b++)
        {
            var block = blocks[b];
            for (var i = 0; i < block.Length; i++)
            {
                for (var newer = 0; newer < i; newer++)
                    products[i] -= shares[block[newer].Index] * block[newer].Item.Products[i - newer];
                shares[block[i].Index] = products[i] / block[i].Item.Products[0];
            }

            products = FusedVector.AddAndDot(vector, Changes(block),
                block.Select(pair => -shares[pair.Index]).ToArray(),
                b + 1 < blocks.Length ? Steps(blocks[b + 1]) : []);
        }

        vector.mul_(scale);
        blocks = pairs.Index().Chunk(FusedVector.Width).ToArray();
        products = blocks.Length > 0 ? FusedVector.AddAndDot(vector, [], [], Changes(blocks[0])) : [];
        for (var b = 0; b < blocks.Length; b++)
        {
            var block = blocks[b];
            var factors = new double[block.Length];
            for (var i = 0; i < block.Length; i++)
            {
                for (var older = 0; older < i; older++)
                    products[i] += factors[older] * block[i].Item.Products[i - older];
                factors[i] = shares[block[i].Index] - products[i] / block[i].Item.Products[0];
            }

            products = FusedVector.AddAndDot(vector, Steps(block), factors,
                b + 1 < blocks.Length ? Changes(blocks[b + 1]) : []);
        }

        return vector;
    }

    /// <summary>The pairs by name.</summary>
    public IEnumerable<(string Name, Tensor Value)> Save() => pairs
        .SelectMany((pair, i) => new[]
        {
            ($"{GradientName}.{i}", pair.Gradient), ($"{ParameterName}.{i}", pair.Parameter),
            ($"{ProductName}.{i}", tensor(pair.Products)),
        })
        .Prepend(("H_diag", tensor(scale)));

    /// <summary>Restores saved pairs.</summary>
    /// <param name="file">The file with the pairs.</param>
    /// <param name="take">Returns a copy of a vector by name.</param>
    public void Load(OptimizerFile file, Func<string, Tensor> take)
    {
        scale = file.Take("H_diag", []).ToDouble();
        for (var i = 0; file.Has($"{GradientName}.{i}"); i++)
        {
            var products = file.Take($"{ProductName}.{i}", [FusedVector.Width]).data<double>().ToArray();
            pairs.Add(new Pair(take($"{GradientName}.{i}"), take($"{ParameterName}.{i}"), products));
        }
    }

    public void Dispose()
    {
        foreach (var pair in pairs)
            pair.Dispose();
        pairs.Clear();
        scale = 1;
    }

    private static Tensor[] Changes((int Index, Pair Item)[] block) =>
        block.Select(pair => pair.Item.Gradient).ToArray();

    private static Tensor[] Steps((int Index, Pair Item)[] block) =>
        block.Select(pair => pair.Item.Parameter).ToArray();

    /// <summary>The change of the gradient and that of the parameters.</summary>
    /// <param name="Gradient">The gradient's.</param>
    /// <param name="Parameter">The parameters'.</param>
    /// <param name="Products">
    /// The gradient's times the parameters', then times those of the earlier pairs; 0 where there are none.
    /// </param>
    private sealed record Pair(Tensor Gradient, Tensor Parameter, double[] Products) : IDisposable
    {
        public void Dispose()
        {
            Gradient.Dispose();
            Parameter.Dispose();
        }
    }
}
