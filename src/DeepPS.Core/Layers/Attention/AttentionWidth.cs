using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>The rule of every attention: heads share the features in equal parts.</summary>
internal static class AttentionWidth
{
    /// <summary>Refuses features that the heads cannot share.</summary>
    public static void Check(IReadOnlyList<Shape> inputs, int heads)
    {
        if (inputs[0][1] % heads != 0)
            throw new ShapeException(
                $"a number of features that Heads ({heads}) divides: choose other Heads or other features", inputs);
    }
}
