using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>Base of LeCun's initializers, which keep the variance forward: deviation = 1 / sqrt(inputs).</summary>
/// <remarks>From LeCun, Bottou, Orr and Müller, Efficient BackProp (1998). SELU needs it.</remarks>
public abstract record LeCun : ScaledInitializer
{
    private protected LeCun(bool isNormal) => IsNormal = isNormal;

    private protected sealed override double Deviation(Fan fan) => 1 / Math.Sqrt(fan.In);
}

/// <summary>Normal with deviation 1 / sqrt(inputs), after LeCun.</summary>
/// <remarks>PyTorch: <c>nn.init.kaiming_normal_(nonlinearity='linear')</c>; Keras truncates it at two
/// deviations.</remarks>
[CatalogEntry("LeCunNormal")]
public sealed record LeCunNormal() : LeCun(isNormal: true);

/// <summary>Uniform within sqrt(3 / inputs), after LeCun.</summary>
/// <remarks>PyTorch: <c>nn.init.kaiming_uniform_(nonlinearity='linear')</c>.</remarks>
[CatalogEntry("LeCunUniform")]
public sealed record LeCunUniform() : LeCun(isNormal: false);
