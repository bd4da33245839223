using DeepPS.Networks;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>The parameters and buffers of a network in a checkpoint.</summary>
internal static class NetworkWeights
{
    private const string Key = "network";

    /// <summary>Saves them.</summary>
    public static void Save(Network network, StateBag state)
    {
        var weights = state.Part(Key);
        foreach (var parameter in network.State)
            weights.Put(parameter.Name, parameter.Value);
    }

    /// <summary>The sizes of each, or null if there is none of that name.</summary>
    public static Func<string, IReadOnlyList<long>?> SizesIn(StateBag state) => state.Part(Key).SizesOf;

    /// <summary>Restores those that <see cref="Save"/> saved.</summary>
    public static void Load(Network network, StateBag state)
    {
        var weights = state.Part(Key);
        foreach (var parameter in network.State)
            parameter.Load(weights.Tensor(parameter.Name));
    }
}
