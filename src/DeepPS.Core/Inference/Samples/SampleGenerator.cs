using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>
/// Makes samples from codes with a generator: the numbers that a GAN training drew at random, or the codes of an
/// autoencoder, whose decoder it takes. A trained generator makes them in the unit of its data, pictures as bytes.
/// </summary>
public sealed class SampleGenerator : IDisposable
{
    private readonly Model model;
    private readonly Model? whole;
    private readonly ChannelScale? scale;
    private readonly int place;
    private readonly Objectives.Loss loss = new Objectives.MSELoss();
    private readonly DataPlan plan;
    private readonly CategoryEncoder? classes;

    /// <param name="model">A generator: of a GAN training, or not trained yet; or an autoencoder.</param>
    /// <param name="layer">
    /// The layer of an autoencoder that gives the code; null: one that draws codes, or the one named <c>code</c>.
    /// </param>
    /// <exception cref="DlException">
    /// <c>ModelNotBound</c>: its input shape is not known; <c>NotAGenerator</c>: it was trained for another purpose;
    /// <c>NoCodeLayer</c>, <c>LayerNotFound</c>: the code of an autoencoder is not found; <c>LayerBefore</c>.
    /// </exception>
    public SampleGenerator(Model model, string? layer = null)
    {
        this.model = model;
        var network = model.Network ?? throw new DlException("ModelNotBound", DlErrorKind.InvalidOperation,
            $"Model '{model.Name}' has no parameters yet: its input shape is unknown. Train it, or use New-DlModel "
            + "-InputShape.", model);
        if (Decoder.Has(model))
        {
            (whole, place) = (model, Decoder.PlaceOfCode(model, layer));
            (model, scale) = Decoder.Of(model, place);
            (this.model, network, loss) = (model, model.Network!, model.Loss ?? loss);
        }
        else if (layer is not null)
        {
            throw new DlException("NotAnAutoencoder", DlErrorKind.InvalidArgument,
                $"-Layer names the code of an autoencoder; '{model.Name}' is none. Omit -Layer.", model);
        }

        plan = model.Plan ?? GeneratorPlan.Untrained((int)network.Input.Size, network.Output,
            IsSymmetric(model.Layers));
        if (!GeneratorPlan.Is(plan))
            throw new DlException("NotAGenerator", DlErrorKind.InvalidArgument,
                $"Model '{model.Name}' makes no samples from random numbers: it was trained to predict "
                + $"'{plan.Label?.Name}'. Use the generator of Invoke-DlGanTraining, an autoencoder, or an untrained "
                + "model.", model);
        classes = plan.InputColumns.Select(column => column.Encoding).OfType<CategoryEncoder>().SingleOrDefault();
    }

    /// <summary>The number of random numbers for each sample.</summary>
    public int CodeSize => (int)model.Network!.Input.Size - Classes.Count;

    /// <summary>The classes of samples, in order; empty if the generator does not know any.</summary>
    public IReadOnlyList<string> Classes => classes?.Levels ?? [];

    /// <summary>Whether its samples are pictures.</summary>
    public bool MakesImages => Columns.First().Encoding is ImageEncoder;

    private IEnumerable<ColumnPlan> Columns => plan.Columns.Where(column => column.Role is ColumnRole.Label);

    /// <summary>
    /// Draws codes of a normal distribution, the same for the same seed: the standard one, or for an autoencoder one
    /// with the mean and the covariance of the codes of samples.
    /// </summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="like">The samples; null: the standard normal distribution.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The codes, one after the other.</returns>
    /// <exception cref="DlException">
    /// <c>CodeDistribution</c>: an autoencoder without random codes needs samples; <c>NotAnAutoencoder</c>: a generator
    /// has no codes of samples.
    /// </exception>
    public float[] Draw(int count, int seed, Dataset? like = null, CancellationToken cancel = default)
    {
        if (like is null && whole is not null && whole.Network!.Nodes[place].Layer is not GaussianSampling)
            throw new DlException("CodeDistribution", DlErrorKind.InvalidArgument,
                $"The codes of autoencoder '{whole.Name}' have no known distribution. Add -Data with the data of its "
                + "training, for codes like those of the data, or give codes with -Code.", whole);
        if (like is not null && whole?.Plan is null)
            throw new DlException("NotAnAutoencoder", DlErrorKind.InvalidArgument,
                $"-Data gives the codes of samples by the encoder of a trained autoencoder; '{model.Name}' is none. "
                + "Omit -Data.", model);
        TorchRuntime.Ensure();
        using var scope = NewDisposeScope();
        using var random = new Generator((ulong)(uint)seed);
        var normal = randn(count, CodeSize, generator: random);
        return (like is null ? normal : CodeDistribution.Of(whole!, place, like, cancel).From(normal)).contiguous()
            .data<float>().ToArray();
    }

    /// <summary>Codes at equal distances on the line from one to another, both included.</summary>
    /// <param name="from">The first code.</param>
    /// <param name="to">The last code.</param>
    /// <param name="count">The number of codes, at least 2.</param>
    public static float[] Between(IReadOnlyList<float> from, IReadOnlyList<float> to, int count) =>
        Enumerable.Range(0, count).SelectMany(step => from.Zip(to,
            (first, last) => first + (last - first) * step / (count - 1))).ToArray();

    /// <summary>Makes samples.</summary>
    /// <param name="codes">The codes, one after the other.</param>
    /// <param name="labels">The classes, which are used in turn; empty: all classes in turn.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// A dataset of the samples, their codes (column <c>Code</c>) and their classes, which are its label.
    /// </returns>
    /// <exception cref="DlException">
    /// <c>CodeSize</c>: a code has too few or too many numbers; <c>UnknownClass</c>; <c>NoClasses</c>.
    /// </exception>
    public Dataset Generate(float[] codes, IReadOnlyList<string>? labels = null, CancellationToken cancel = default)
    {
        if (codes.Length == 0 || codes.Length % CodeSize > 0)
            throw new DlException("CodeSize", DlErrorKind.InvalidArgument,
                $"The generator '{model.Name}' needs codes of {CodeSize} numbers; got {codes.Length} numbers.", model);
        var count = codes.Length / CodeSize;
        var chosen = Choose(labels ?? [], count);
        var numbers = Numbers(codes, chosen, cancel);
        Column code = new TensorColumn(GeneratorPlan.Code, codes, new Shape(CodeSize));
        Column[] columns = [.. SampleColumns(numbers, count), code];
        if (chosen is null)
            return new Dataset(model.Name, columns);
        var name = plan.InputColumns.First(column => column.Encoding is CategoryEncoder).Name;
        return new Dataset(model.Name, [new CategoryColumn(name, chosen, Classes), .. columns], name);
    }

    /// <summary>Whether the last layer gives numbers from -1 to 1.</summary>
    internal static bool IsSymmetric(IReadOnlyList<Layer> layers) =>
        layers.LastOrDefault(layer => layer is not (Reshape or Flatten)) switch
        {
            Tanh or ActivationLayer { Function: Tanh } or WeightedLayer { Activation: Tanh } => true,
            _ => false,
        };

    /// <summary>The number of each sample's class; null: the generator knows no classes.</summary>
    private int[]? Choose(IReadOnlyList<string> labels, int count)
    {
        if (Classes.Count == 0 && labels.Count == 0)
            return null;
        if (Classes.Count == 0)
            throw new DlException("NoClasses", DlErrorKind.InvalidArgument,
                $"The generator '{model.Name}' was trained without classes. Omit -Label, or train it with "
                + "-Conditional.", model);
        var numbers = labels.DefaultIfEmpty().SelectMany(label => label is null ? Enumerable.Range(0, Classes.Count)
            : Classes.Index().Where(one => one.Item == label).Select(one => one.Index)
                .DefaultIfEmpty(-1).Select(number => number >= 0 ? number : throw Unknown(label))).ToArray();
        return Enumerable.Range(0, count).Select(i => numbers[i % numbers.Length]).ToArray();
    }

    private DlException Unknown(string label) => new("UnknownClass", DlErrorKind.InvalidArgument,
        $"The generator '{model.Name}' knows no class '{label}'. Classes: {string.Join(", ", Classes)}.", label);

    /// <summary>The samples in the unit of the data, one after the other.</summary>
    private double[] Numbers(float[] codes, int[]? chosen, CancellationToken cancel)
    {
        TorchRuntime.Ensure();
        using var noGradient = no_grad();
        var (network, device) = (model.Network!, TorchRuntime.Device(model.Device));
        var reader = new OutputReader(plan.Label!, loss);
        var count = codes.Length / CodeSize;
        var numbers = new List<double>();
        for (var first = 0; first < count; first += Evaluator.BatchSize)
        {
            cancel.ThrowIfCancellationRequested();
            using var turn = ThreadTurn.Take(Threads.Count(null));
            using var scope = NewDisposeScope();
            var size = Math.Min(Evaluator.BatchSize, count - first);
            var input = tensor(codes.AsSpan(first * CodeSize, size * CodeSize).ToArray(), [size, CodeSize]);
            if (chosen is not null)
                input = cat([input, nn.functional.one_hot(
                    tensor(Array.ConvertAll(chosen[first..(first + size)], number => (long)number)), Classes.Count)
                    .to(ScalarType.Float32)], 1);
            var output = network.Forward(input.to(device).reshape(network.Input.WithBatch(size)),
                ForwardContext.Inference);
            numbers.AddRange(reader.InUnit(loss.Numbers(output).flatten(1)).cpu().contiguous()
                .data<double>().ToArray());
        }

        return scale is null ? [.. numbers] : scale.Undo([.. numbers], count);
    }

    /// <summary>Frees the copy of an autoencoder's decoder.</summary>
    public void Dispose()
    {
        if (whole is not null)
            model.Dispose();
    }

    private IEnumerable<Column> SampleColumns(double[] numbers, int count)
    {
        var columns = Columns.ToArray();
        if (columns is [{ Encoding: ImageEncoder image } picture])
            return [new ImageColumn(picture.Name, Array.ConvertAll(numbers,
                number => (byte)Math.Round(255 * Math.Clamp(number, 0, 1))), image.Shape)];
        if (columns is [{ Encoding: TensorEncoder array } one])
            return [new TensorColumn(one.Name, Array.ConvertAll(numbers, number => (float)number), array.Shape)];
        return columns.Select((column, place) => new NumberColumn(column.Name,
            Enumerable.Range(0, count).Select(row => numbers[row * columns.Length + place]).ToArray()));
    }
}
