using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>A recurrent layer whose matrices are products of two thin ones, W = U V. Torch's recurrence takes whole
/// matrices, so that each pass multiplies them first: the layer has fewer numbers to store and to learn.</summary>
internal sealed class LowRankRecurrence : IRecurrence
{
    private readonly RecurrentCell cell;
    private readonly Func<Tensor>[] weights;
    private readonly RecurrentLayer layer;

    /// <summary>Makes the parameters of one layer of the stack.</summary>
    /// <param name="builder">The builder of the parameters.</param>
    /// <param name="layer">The settings.</param>
    /// <param name="cell">The kind of cell.</param>
    /// <param name="place">The number of the layer in the stack, from 0.</param>
    /// <param name="features">The number of features of its input.</param>
    public LowRankRecurrence(LayerBuilder builder, RecurrentLayer layer, RecurrentCell cell, int place, long features)
    {
        (this.layer, this.cell) = (layer, cell);
        var bound = 1 / Math.Sqrt(layer.Units);
        var rows = (long)cell.Gates * layer.Units;
        string[] directions = layer.Bidirectional ? ["", "_reverse"] : [""];
        weights = directions.SelectMany(direction => Direction($"l{place}{direction}")).ToArray();

        IEnumerable<Func<Tensor>> Direction(string end)
        {
            yield return Matrix($"weight_ih_{end}", features);
            yield return Matrix($"weight_hh_{end}", layer.Units);
            if (!layer.Bias)
                yield break;
            foreach (var name in new[] { $"bias_ih_{end}", $"bias_hh_{end}" })
            {
                var bias = builder.Parameter(name, [rows], Within(bound));
                yield return () => bias.Value;
            }
        }

        Func<Tensor> Matrix(string name, long columns)
        {
            if (!IsFactored(layer.Rank, rows, columns))
            {
                var whole = builder.Parameter(name, [rows, columns], Within(bound));
                return () => whole.Value;
            }

            // The product then has the variance of a whole matrix: rank * (bound^2 / 3)^2 = bound'^2 / 3.
            var thin = Within(Math.Sqrt(3) * Math.Pow(bound * bound / (3 * layer.Rank), 0.25));
            var left = builder.Parameter($"{name}.u", [rows, layer.Rank], thin);
            var right = builder.Parameter($"{name}.v", [layer.Rank, columns], thin);
            return () => left.Value.matmul(right.Value);
        }

        static Uniform Within(double bound) => new() { Low = -bound, High = bound };
    }

    /// <summary>Whether a matrix is kept as two: only if they have fewer numbers.</summary>
    public static bool IsFactored(long rank, long rows, long columns) => rank * (rows + columns) < rows * columns;

    /// <remarks>It keeps its inputs, and runs over all of them again: the step costs more than one of a whole matrix.
    /// </remarks>
    public Tensor Next(Tensor input, StepCache steps)
    {
        var all = steps.Of(this, 0) is { } before ? cat([before, input], 1) : input;
        return Run(steps.Keep(this, 0, all), null).Output.narrow(1, all.shape[1] - 1, 1);
    }

    public (Tensor Output, Tensor Last) Run(Tensor input, Tensor? lengths)
    {
        var output = cell.Script.Call(input, lengths ?? zeros(0, dtype: ScalarType.Int64),
            weights.Select(weight => weight()).ToArray(), layer.Bias, layer.Bidirectional);
        var units = layer.Units;
        var forward = output.narrow(2, 0, units);
        var last = lengths is null ? forward.select(1, input.shape[1] - 1)
            : forward.gather(1, lengths.to(input.device).sub(1).view(-1, 1, 1).expand(-1, 1, units)).squeeze(1);
        return (output, layer.Bidirectional ? stack([last, output.narrow(2, units, units).select(1, 0)])
            : last.unsqueeze(0));
    }
}
