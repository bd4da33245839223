using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Base of pooling: a window slides over each channel and gives one number at each place.</summary>
public abstract record Pooling : UnaryLayer
{
    /// <summary>The size of the window along each axis.</summary>
    [Setting(Position = 0)]
    public Dims KernelSize { get; init; } = 2;

    /// <summary>Optional: the step of the window along each axis. Default: KernelSize.</summary>
    [Setting]
    public Dims? Stride { get; init; }

    /// <summary>The padding at each end of each axis. At most half of KernelSize.</summary>
    [Setting]
    public Dims Padding { get; init; } = 0;

    /// <summary>Whether a partial window at the end of an axis gives an output.</summary>
    [Setting]
    public bool CeilMode { get; init; }

    /// <summary>The number of spatial axes.</summary>
    private protected int Axes { get; init; }

    /// <summary>The distance between the places that the window reads.</summary>
    private protected virtual Dims Spacing => 1;

    protected internal override void Validate() => MakeWindow();

    protected override Shape OutputShape(Shape input)
    {
        var sizes = MakeWindow().OutputSizes(input, CeilMode);
        return new Shape([input[0], .. sizes]);
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var window = MakeWindow();
        return (x, _) => Pool(x, window);
    }

    /// <summary>Pools a batch.</summary>
    private protected abstract Tensor Pool(Tensor input, Window window);

    private Window MakeWindow()
    {
        var window = new Window(this, Axes, KernelSize, Stride ?? KernelSize, Padding, Spacing);
        return window.Padding.Zip(window.Kernel).All(pair => pair.First <= pair.Second / 2) ? window
            : throw SettingProblem.Of(this, nameof(Padding), $"half of KernelSize {KernelSize} at most", Padding);
    }
}
