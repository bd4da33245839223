using DeepPS.Layers;

namespace DeepPS.Models;

/// <summary>Copies what layers of different types have in common.</summary>
internal static class LayerCopy
{
    /// <summary>The layer at the place of another one: with its name, its inputs and its training settings.</summary>
    public static T PlaceOf<T>(this T layer, Layer other) where T : Layer => (T)((Layer)layer with
    {
        Name = other.Name,
        From = other.From,
        Frozen = other.Frozen,
        LearningRate = other.LearningRate,
        WeightDecay = other.WeightDecay,
        OutputWeight = other.OutputWeight,
        OutputLoss = other.OutputLoss,
    });

    /// <summary>The settings of a layer at no place.</summary>
    public static Layer WithoutPlace(this Layer layer) => layer.PlaceOf(new Flatten()) with { Pruned = false };

    /// <summary>The layer with the settings of another weighted one, at its place. A largest norm is left out: it is
    /// one of the whole weight.</summary>
    public static T SettingsOf<T>(this T layer, WeightedLayer other) where T : WeightedLayer =>
        ((T)((WeightedLayer)layer with
        {
            Bias = other.Bias,
            Activation = other.Activation,
            WeightInitializer = other.WeightInitializer,
            BiasInitializer = other.BiasInitializer,
            WeightRegularizer = other.WeightRegularizer,
            BiasRegularizer = other.BiasRegularizer,
            ActivityRegularizer = other.ActivityRegularizer,
        })).PlaceOf(other);
}
