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

    /// <summary>How far the window moves from one place to the next; none: its own size.</summary>
    [Setting]
    public Dims? Stride { get; init; }

    /// <summary>How far the window may begin before each end of each axis, half its size at most.</summary>
    [Setting]
    public Dims Padding { get; init; } = 0;

    /// <summary>Whether a part of a window at the end counts as a place.</summary>
    [Setting]
    public bool CeilMode { get; init; }

    /// <summary>The number of spatial axes.</summary>
    private protected int Axes { get; init; }

    /// <summary>How far the places that the window looks at lie apart.</summary>
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
