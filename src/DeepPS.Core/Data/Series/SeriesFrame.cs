using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>The reference that a network's forecast of a series is relative to.</summary>
public enum SeriesDifference
{
    /// <summary>None: the network predicts values.</summary>
    None,

    /// <summary>The last value of the window: the network predicts the change since then.</summary>
    Last,

    /// <summary>The value one season before: the network predicts the change from season to season.</summary>
    Seasonal,

    /// <summary>Seasonal if training data has a season that fits into the window, else Last.</summary>
    Auto,
}

/// <summary>How the values of a window are scaled for the network.</summary>
public enum SeriesScaling
{
    /// <summary>All by one mean and standard deviation, those of the training part.</summary>
    Standard,

    /// <summary>Each window by the mean and standard deviation of its own past.</summary>
    Window,
}

/// <summary>
/// Brings each window of a series into a frame of its own before the network, and the network's forecast back: relative
/// to the window's level, divided by its spread, in logarithms. Outputs stay in the unit of the label, so losses,
/// metrics and predictions need not know of it.
/// </summary>
/// <remarks>
/// Subtracting the last value is the NLinear of Zeng and others, Are transformers effective for time series
/// forecasting? (2022). Scaling by the window is the reversible instance normalisation of Kim and others (2022),
/// without its learned part.
/// </remarks>
/// <param name="plan">How the windows were made; its season and difference are decided.</param>
/// <param name="input">Mean and deviation of the value in windows.</param>
/// <param name="label">Mean and deviation of the label.</param>
internal sealed class SeriesFrame(SeriesPlan plan, (double Mean, double Scale) input, (double Mean, double Scale) label)
{
    /// <summary>The least spread of a window, in standard deviations of the training part.</summary>
    private const double LeastSpread = 1e-2;

    /// <summary>The least value that has a logarithm here, in deviations of the training part.</summary>
    private const double LeastValue = 1e-3;

    /// <summary>Logarithms change about as much as values do in units of their mean.</summary>
    private double LogScale => input.Scale / Math.Max(Math.Abs(input.Mean), input.Scale);

    /// <summary>The windows as the network sees them: (samples, steps, numbers), float32.</summary>
    public Tensor In(Tensor windows)
    {
        var values = Values(windows);
        var relative = values.sub(Level(values)).div(Spread(values));
        return cat([relative.unsqueeze(2), windows.narrow(2, 1, windows.shape[2] - 1)], 2);
    }

    /// <summary>The network's outputs in the label's unit.</summary>
    /// <param name="windows">The windows before <see cref="In"/>.</param>
    /// <param name="output">(samples, steps), a number for each step after the window.</param>
    public Tensor Out(Tensor windows, Tensor output)
    {
        var values = Values(windows);
        var forecast = Base(values).add(output.to(ScalarType.Float32).mul(Spread(values)));
        var raw = plan.Log ? forecast.mul(LogScale).exp() : forecast.mul(input.Scale).add(input.Mean);
        return raw.sub(label.Mean).div(label.Scale);
    }

    /// <summary>Targets in the frame: the outputs that <see cref="Out"/> would make of them.</summary>
    /// <param name="windows">The windows before <see cref="In"/>.</param>
    /// <param name="targets">(samples, steps), in the label's unit.</param>
    public Tensor Targets(Tensor windows, Tensor targets)
    {
        var values = Values(windows);
        var raw = targets.mul(label.Scale).add(label.Mean);
        var framed = plan.Log ? raw.clamp_min(LeastValue * input.Scale).log().div(LogScale)
            : raw.sub(input.Mean).div(input.Scale);
        return framed.sub(Base(values)).div(Spread(values));
    }

    /// <summary>The value at each step, (samples, steps): standardised, or a logarithm in units of about 1.</summary>
    private Tensor Values(Tensor windows)
    {
        var values = windows.select(2, 0);
        return plan.Log
            ? values.mul(input.Scale).add(input.Mean).clamp_min(LeastValue * input.Scale).log().div(LogScale) : values;
    }

    private Tensor Level(Tensor values) => plan.Difference is SeriesDifference.None
        ? plan.Scaling is SeriesScaling.Window ? values.mean([1], keepdim: true) : zeros_like(values.narrow(1, 0, 1))
        : values.narrow(1, plan.Length - 1, 1);

    private Tensor Spread(Tensor values) => plan.Scaling is SeriesScaling.Window
        ? values.std(1, unbiased: false, keepdim: true).clamp_min(LeastSpread) : ones_like(values.narrow(1, 0, 1));

    /// <summary>What the forecast is relative to, (samples, steps after the window) or (samples, 1).</summary>
    private Tensor Base(Tensor values)
    {
        if (plan.Difference is not SeriesDifference.Seasonal)
            return Level(values);
        var season = plan.Season!.Value;
        var places = Enumerable.Range(0, plan.Horizon)
            .Select(step => (long)(plan.Length + step - season * (step / season + 1))).ToArray();
        return values.index_select(1, tensor(places, device: values.device));
    }
}
