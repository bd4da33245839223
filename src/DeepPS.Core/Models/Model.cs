using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;

namespace DeepPS.Models;

/// <summary>A model, which commands pass on: layers, the network built from them once the input shape is known, the
/// data plan, and the training history.</summary>
public sealed class Model : IDisposable, IWordTable
{
    private readonly List<EpochRecord> history = [];
    private Network? published;
    private int trainings;

    /// <summary>Makes a model. Its parameters are made now if the input shape is given, else at the first
    /// training.</summary>
    /// <param name="layers">The layers, in order.</param>
    /// <param name="inputShape">The shape of one sample; null for that of the first training data.</param>
    /// <param name="name">Its name; null for <c>model</c>.</param>
    /// <param name="seed">The seed of the initial values.</param>
    /// <exception cref="DlException">The layers do not fit together.</exception>
    public Model(IEnumerable<Layer> layers, Shape? inputShape = null, string? name = null, int seed = 0)
    {
        Layers = layers.ToArray();
        Name = name ?? "model";
        Seed = seed;
        LayerNames.Of(Layers);
        BackgroundLoading.Begin();
        if (inputShape is not null)
            Bind(inputShape);
    }

    /// <summary>Makes a model of several inputs.</summary>
    /// <param name="layers">The layers, in order.</param>
    /// <param name="inputs">The inputs, by the names that layers use.</param>
    /// <param name="name">Its name; null for <c>model</c>.</param>
    /// <param name="seed">The seed of the initial values.</param>
    /// <exception cref="DlException">The layers do not fit together.</exception>
    public Model(IEnumerable<Layer> layers, IReadOnlyList<NetworkInput> inputs, string? name = null, int seed = 0)
        : this(layers, (Shape?)null, name, seed) => Bind(inputs);

    /// <summary>Makes a model whose parameters get their values from a file.</summary>
    /// <param name="layers">The layers, in order.</param>
    /// <param name="inputs">The inputs, by the names that layers use.</param>
    /// <param name="name">Its name.</param>
    /// <param name="seed">The seed of the initial values.</param>
    /// <param name="stored">The sizes of each tensor of the file, or null if it has none of that name.</param>
    /// <exception cref="DlException">The layers do not fit together.</exception>
    /// <exception cref="InvalidDataException">The file does not have the network's parameters.</exception>
    internal Model(IEnumerable<Layer> layers, IReadOnlyList<NetworkInput> inputs, string name, int seed,
        Func<string, IReadOnlyList<long>?> stored)
        : this(layers, (Shape?)null, name, seed) => Bind(inputs, stored);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The layers, in order.</summary>
    public IReadOnlyList<Layer> Layers { get; private set; }

    /// <summary>The seed of the initial values.</summary>
    public int Seed { get; }

    /// <summary>The shape of one sample of the first input; null if not known yet.</summary>
    public Shape? InputShape => Network?.Input;

    /// <summary>The network of the layers and the input shape; null if the shape is not known yet.</summary>
    public Network? Network
    {
        get;
        private set
        {
            field = value;
            SetFrame();
        }
    }

    /// <summary>The data plan: how raw data becomes tensors; null before the first training.</summary>
    public DataPlan? Plan
    {
        get;
        internal set
        {
            field = value;
            SetFrame();
        }
    }

    /// <summary>The loss of the last training; null before it.</summary>
    public Loss? Loss { get; internal set; }

    /// <summary>How outputs become classes, if it was chosen after the training; else null.</summary>
    public Decision? Decision { get; internal set; }

    /// <summary>The directory of the record of its last training in this session; null if there is none.</summary>
    public string? RunPath { get; internal set; }

    /// <summary>The epochs of all training so far.</summary>
    public IReadOnlyList<EpochRecord> History => history;

    /// <summary>Gives the layers for a shape, for an architecture whose shape was not given and which no training or
    /// set weight has fixed; else null.</summary>
    internal Func<Shape, IReadOnlyList<Layer>>? LayersFor { get; set; }

    /// <summary>The device of the parameters: <c>cpu</c> or <c>cuda:0</c>.</summary>
    public string Device { get; private set; } = "cpu";

    /// <summary>The number of trained values; 0 while the input shape is not known.</summary>
    public long ParameterCount => Network?.Parameters.Sum(parameter => parameter.Size) ?? 0;

    /// <summary>The number of layers with a weight on the longest path from an input to the output, as in the names of
    /// published networks (ResNet18): layers within layers count, and shortcuts, normalization and embeddings do not.
    /// Null while the input shape is not known.</summary>
    public int? Depth => Network is null ? null : ModelDepth.Of(Network);

    /// <summary>The layers as a table.</summary>
    public IReadOnlyList<LayerRow> Summary() => Network is { } network
        ? [.. network.EmbeddingRows,
            .. network.Nodes.Select(
                node => LayerRow.Of(node.Name, node.Layer, node.OutputShape.ToString(), node.ParameterCount))]
        : LayerNames.Of(Layers).Zip(Layers, (name, layer) => LayerRow.Of(name, layer, null, null)).ToArray();

    /// <summary>The network, data plan and loss of a trained model.</summary>
    /// <exception cref="DlException"><c>ModelNotTrained</c>.</exception>
    public (Network Network, DataPlan Plan, Loss Loss) Trained() =>
        this is { Network: { } network, Plan: { Label: not null } plan, Loss: { } loss }
        ? (network, plan, loss.For(plan.Label))
        : throw new DlException("ModelNotTrained", DlErrorKind.InvalidOperation,
            $"Model '{Name}' is not trained. Train it with Invoke-DlTraining, or load a trained one with "
            + "Import-DlModel.",
            this);

    /// <summary>Binds the layers to an input shape, if not bound yet.</summary>
    /// <exception cref="DlException"><c>InputShape</c>: it is bound to another shape; <c>LayerShape</c>: a layer cannot
    /// take its input.</exception>
    public void Bind(Shape inputShape) => Bind(NetworkInput.Numbered([inputShape]));

    /// <summary>Binds the layers to the shapes of several inputs, if not bound yet.</summary>
    /// <exception cref="DlException"><c>InputShape</c>: it is bound to other shapes; <c>LayerShape</c>: a layer cannot
    /// take its input.</exception>
    public void Bind(IReadOnlyList<NetworkInput> inputs) => Bind(inputs, null);

    private void Bind(IReadOnlyList<NetworkInput> inputs, Func<string, IReadOnlyList<long>?>? stored)
    {
        if (Network is not null && !Takes(inputs) && inputs.Count == 1 && Plan is null && LayersFor is { } layersFor)
            Reshape(layersFor(inputs[0].Shape));
        if (Network is null)
        {
            TorchRuntime.Ensure();
            Network = new Network(Layers, inputs, Seed, stored);
            Layers = Network.Nodes.Select(node => node.Layer).ToArray();
        }
        else if (!Takes(inputs))
        {
            throw new DlException("InputShape", DlErrorKind.InvalidArgument,
                $"Model '{Name}' takes samples of shape {Describe(Network.Inputs)}; got {Describe(inputs)}. "
                + "Use data of that shape, or make a new model"
                + (Plan is null && inputs.Any(input => input.Coded.Count > 0)
                    ? " without an input shape: codes get their sizes from the data."
                    : "."), Name);
        }

        static string Describe(IReadOnlyList<NetworkInput> inputs) => inputs.Count == 1 ? inputs[0].Describe()
            : string.Join(", ", inputs.Select(input => $"{input.Name} {input.Describe()}"));
    }

    private bool Takes(IReadOnlyList<NetworkInput> inputs) => Network!.Inputs.Count == inputs.Count
        && Network.Inputs.Zip(inputs).All(pair => pair.First.Takes(pair.Second));

    /// <summary>Replaces an untrained network's layers by those for another shape, which keep the training settings.
    /// The network stays, as <see cref="Undo"/> may need it.</summary>
    private void Reshape(IReadOnlyList<Layer> layers)
    {
        var before = LayerNames.Of(Layers).Zip(Layers).ToDictionary(pair => pair.First, pair => pair.Second);
        published = Network;
        (Network, Layers, Device) = (null, layers, "cpu");
        Configure((name, layer) => before.GetValueOrDefault(name, layer));
    }

    /// <summary>Changes the training settings of layers: frozen, learning rate, weight decay.</summary>
    /// <param name="change">Gives each layer, by name, changed or unchanged.</param>
    public void Configure(Func<string, Layer, Layer> change)
    {
        Layers = LayerNames.Of(Layers).Zip(Layers, (name, layer) =>
        {
            var changed = change(name, layer);
            return layer with
            {
                Frozen = changed.Frozen,
                LearningRate = changed.LearningRate,
                WeightDecay = changed.WeightDecay,
            };
        }).ToArray();
        Network?.Follow(Layers);
    }

    /// <summary>The same network with a data plan and a loss, to use it as it is. It shares the parameters.</summary>
    internal Model With(DataPlan plan, Loss loss) =>
        new(Layers, (Shape?)null, Name, Seed) { Network = Network, Device = Device, Plan = plan, Loss = loss };

    /// <summary>Moves the parameters to a device: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>.</summary>
    /// <exception cref="DlException"><c>DeviceNotAvailable</c>.</exception>
    public void MoveTo(string device)
    {
        var target = TorchRuntime.Device(device);
        Network?.MoveTo(target);
        Device = target.ToString();
    }

    /// <inheritdoc/>
    (IReadOnlyList<string> Words, float[] Vectors) IWordTable.WordTable()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var table = Models.WordTable.Of(this);
        return (table.Words, table.Vectors.cpu().contiguous().data<float>().ToArray());
    }

    /// <summary>Frees the parameters.</summary>
    public void Dispose()
    {
        Network?.Dispose();
        if (published != Network)
            published?.Dispose();
    }

    /// <summary>Name, layers and parameters on one line.</summary>
    public override string ToString() => $"{Name}: {Layers.Count} layers, "
        + (Network is null ? "input shape not known yet" : $"{ParameterCount:N0} parameters");

    /// <summary>Takes inputs, plan, loss and history from a model with the same layers.</summary>
    internal void Become(Model other)
    {
        // The plan knows the number of token ids too.
        Bind(other.Plan?.Inputs ?? other.Network!.Inputs);
        (Plan, Loss, Decision) = (other.Plan, other.Loss, other.Decision);
        history.Clear();
        history.AddRange(other.History);
    }

    /// <summary>
    /// Notes the model as it is and returns an action that undoes later changes, other than those of the parameters'
    /// values.
    /// </summary>
    internal Action Undo()
    {
        var (layers, network, plan, loss, device) = (Layers, Network, Plan, Loss, Device);
        var epochs = history.ToArray();
        return () =>
        {
            (Layers, Network, Plan, Loss) = (layers, network, plan, loss);
            history.Clear();
            history.AddRange(epochs);
            if (Device != device)
                MoveTo(device);
        };
    }

    private void SetFrame()
    {
        if (Network is not null)
            Network.Frame = Plan is { Frame: { } frame } && Plan.Label!.Shape.Size == Network.Output.Size
                ? frame : null;
    }

    internal void Add(EpochRecord record)
    {
        history.Add(record);
        // It was chosen for other weights.
        Decision = null;
    }

    /// <summary>Takes the model for a training, until the result is disposed.</summary>
    /// <exception cref="DlException"><c>ModelInTraining</c>: another training has it.</exception>
    internal IDisposable BeginTraining() => Interlocked.CompareExchange(ref trainings, 1, 0) == 0 ? new Lease(this)
        : throw new DlException("ModelInTraining", DlErrorKind.InvalidOperation,
            $"Model '{Name}' is being trained already, in a job or another runspace. Wait for that training to end, or "
            + "train a model of its own: New-DlModel makes one from the same layers.", this);

    private sealed class Lease(Model model) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref model.trainings, 0);
    }
}
