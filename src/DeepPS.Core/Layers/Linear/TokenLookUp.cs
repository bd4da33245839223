using System.Runtime.InteropServices;
using DeepPS.Common;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Takes the rows of token ids from a table.</summary>
internal static class TokenLookUp
{
    /// <summary>The row of each id.</summary>
    /// <param name="layer">The layer, for the error.</param>
    /// <param name="weight">The table, a row for each token.</param>
    /// <param name="ids">The ids in a row, int64.</param>
    /// <exception cref="DlException"><c>UnknownToken</c>: an id is not in the table.</exception>
    public static Tensor Of(Layer layer, Tensor weight, Tensor ids)
    {
        try
        {
            return weight.index_select(0, ids);
        }
        catch (ExternalException e) when (Strange(ids, weight.shape[0]) is { } strange)
        {
            throw new DlException("UnknownToken", DlErrorKind.InvalidData,
                $"{layer.Entry.Name} has tokens 0 to {weight.shape[0] - 1}; got {strange}. Increase Tokens, or map "
                + "rare tokens to one id.", layer, e);
        }
    }

    /// <summary>An invalid id, if there is one.</summary>
    private static long? Strange(Tensor ids, long tokens)
    {
        using var scope = NewDisposeScope();
        var (least, most) = (ids.min().ToInt64(), ids.max().ToInt64());
        return least < 0 ? least : most >= tokens ? most : null;
    }
}
