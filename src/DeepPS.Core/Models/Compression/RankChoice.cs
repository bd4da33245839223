using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>How a factorisation chooses its rank: a number for all layers, or by the share of the squared singular
/// values that each layer keeps.</summary>
public sealed record RankChoice
{
    /// <summary>The rank; null for a choice by energy.</summary>
    public int? Rank { get; private init; }

    /// <summary>The share of the squared singular values to keep, above 0, at most 1; null for a given rank.</summary>
    public double? Energy { get; private init; }

    /// <summary>A rank for all layers.</summary>
    /// <param name="rank">The rank, 1 or more.</param>
    /// <exception cref="DlException"><c>CompressionSetting</c>: it is below 1.</exception>
    public static RankChoice Of(int rank) => rank > 0 ? new RankChoice { Rank = rank }
        : throw Wrong("a rank of 1 or more", rank);

    /// <summary>The smallest rank that keeps a share of the squared singular values.</summary>
    /// <param name="energy">The share, above 0, at most 1.</param>
    /// <exception cref="DlException"><c>CompressionSetting</c>: it is no share.</exception>
    public static RankChoice OfEnergy(double energy) => energy is > 0 and <= 1 ? new RankChoice { Energy = energy }
        : throw Wrong("an energy above 0 and at most 1, the share of the squared singular values to keep", energy);

    /// <summary>The choice in words: <c>Rank 16</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{(Rank is null ? "Energy" : "Rank")} ")
        + FormattableString.Invariant($"{(object?)Rank ?? Energy}");

    /// <summary>The rank for singular values.</summary>
    /// <param name="squares">The squared singular values, the largest first.</param>
    internal int For(Tensor squares)
    {
        var values = squares.data<double>().ToArray();
        if (Rank is { } rank)
            return Math.Min(rank, values.Length);
        var (total, kept) = (values.Sum(), 0.0);
        for (var i = 0; i < values.Length; i++)
            // Rounding must not ask for more than all.
            if ((kept += values[i]) >= Energy * total * (1 - 1e-12))
                return i + 1;
        return Math.Max(1, values.Length);
    }

    private static DlException Wrong(string expected, object found) => new("CompressionSetting",
        DlErrorKind.InvalidArgument, FormattableString.Invariant($"Expected {expected}; got {found}."), found);
}
