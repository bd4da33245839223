using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>The matrices of a recurrent layer, for its inputs and for its state, become products of two: its setting
/// Rank. All of its matrices have one rank, which is the largest that one of them asks for.</summary>
internal sealed class RecurrentFactorization : Factorization
{
    private const string Weight = "weight_";

    /// <inheritdoc/>
    public override bool Takes(Layer layer) => layer is RecurrentLayer { Rank: 0 };

    /// <inheritdoc/>
    public override int LargestRank(Layer layer, LayerValues values) =>
        (int)Matrices(values).Max(matrix => matrix.Value.shape.Min());

    /// <inheritdoc/>
    public override LayerChange Change(Layer layer, LayerValues values, RankChoice choice)
    {
        var matrices = Matrices(values).ToArray();
        var rank = choice.Rank ?? matrices.Max(matrix => Factors.Of(matrix.Value.unsqueeze(0), choice).Rank);
        var changed = new List<(string, Tensor?)>();
        var (lost, whole) = (0.0, 0.0);
        foreach (var (name, value) in matrices)
        {
            if (!LowRankRecurrence.IsFactored(rank, value.shape[0], value.shape[1]))
            {
                whole += value.detach().square().sum().cpu().to(ScalarType.Float64).item<double>();
                changed.Add((name, value));
                continue;
            }

            var factors = Factors.Of(value.unsqueeze(0), RankChoice.Of(rank));
            changed.Add(($"{name}.u", factors.Left.squeeze(0)));
            changed.Add(($"{name}.v", factors.Right.squeeze(0)));
            (lost, whole) = (lost + factors.Lost, whole + factors.Whole);
        }

        changed.AddRange(values.Names.Where(name => !name.StartsWith(Weight, StringComparison.Ordinal))
            .Select(name => (name, (Tensor?)values[name])));
        return LayerChange.To((RecurrentLayer)layer with { Rank = rank, Pruned = false }, changed) with
        {
            Rank = rank,
            Error = Factors.RelativeError(lost, whole),
        };
    }

    private static IEnumerable<(string Name, Tensor Value)> Matrices(LayerValues values) =>
        values.Names.Where(name => name.StartsWith(Weight, StringComparison.Ordinal))
            .Select(name => (name, values[name]));
}
