using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Networks;

/// <summary>Parts the numbers of nodes from their places in their trees.</summary>
internal static class TreeInput
{
    /// <summary>(samples, nodes, numbers) of a batch of trees, 0 for padding.</summary>
    public static Tensor Values(Tensor batch) =>
        batch.narrow(2, 0, batch.shape[2] - NetworkInput.TreeNumbers).nan_to_num(0);

    /// <summary>(samples, nodes, 3) of a batch of trees: parent, place among its children, and level; -1 for
    /// padding.</summary>
    public static Tensor Places(Tensor batch) => batch.narrow(
        2, batch.shape[2] - NetworkInput.TreeNumbers, NetworkInput.TreeNumbers).detach().nan_to_num(-1);
}
