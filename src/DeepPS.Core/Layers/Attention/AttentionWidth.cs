using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>The rule of every attention: heads divide the features into equal parts.</summary>
internal static class AttentionWidth
{
    /// <summary>Throws if the heads cannot divide the features.</summary>
    public static void Check(IReadOnlyList<Shape> inputs, int heads)
    {
        if (inputs[0][1] % heads != 0)
            throw new ShapeException(
                $"a number of features that Heads ({heads}) divides: choose other Heads or other features", inputs);
    }
}
