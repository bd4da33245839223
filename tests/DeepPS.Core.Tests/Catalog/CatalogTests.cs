using System.Globalization;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Objectives;
using DeepPS.Training;

namespace DeepPS.Tests;

public class CatalogTests
{
    public static TheoryData<CatalogKind, string> Entries
    {
        get
        {
            var data = new TheoryData<CatalogKind, string>();
            foreach (var entry in CatalogIndex.Get())
                data.Add(entry.Kind, entry.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void EveryItemIsFoundByItsNamesInAnyCase(CatalogKind kind, string name)
    {
        var entry = CatalogIndex.Find(kind, name);
        foreach (var other in entry.Aliases.Append(name))
        {
            Assert.Same(entry, CatalogIndex.Find(kind, other.ToUpperInvariant()));
            Assert.Same(entry, CatalogIndex.Find(kind, other.ToLowerInvariant()));
        }
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void EveryItemAndSettingHasHelp(CatalogKind kind, string name)
    {
        var entry = CatalogIndex.Find(kind, name);
        Assert.EndsWith(".", entry.Summary);
        Assert.All(entry.Settings, setting => Assert.True(setting.Summary.EndsWith('.'),
            $"{name} {setting.Name} has no help"));
    }

    /// <summary>A model file holds settings as text and numbers. Reading them gives the same values.</summary>
    [Theory]
    [MemberData(nameof(Entries))]
    public void EverySettingComesBackFromTextAndNumbers(CatalogKind kind, string name)
    {
        var entry = CatalogIndex.Find(kind, name);
        var item = entry.Create(entry.Settings.Select(setting => KeyValuePair.Create(setting.Name, Sample(setting))));
        var text = entry.Create(entry.Settings.Select(
            setting => KeyValuePair.Create(setting.Name, AsText(setting.Get(item)))));
        foreach (var setting in entry.Settings)
        {
            Assert.True(NotWithOthers.Contains(setting.Name) || !Equals(setting.Default, setting.Get(item)),
                $"{setting.Name} has its default");
            Assert.Equal(setting.Get(item), setting.Get(text));
        }

        var file = ItemJson.Read(kind, ItemJson.Write(item));
        Assert.All(entry.Settings, setting => Assert.Equal(setting.Get(item), setting.Get(file)));
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void ANumberOutsideItsRangeIsRefused(CatalogKind kind, string name)
    {
        var entry = CatalogIndex.Find(kind, name);
        foreach (var setting in entry.Settings)
        {
            if (double.IsFinite(setting.Minimum))
                Refuses(setting, setting.Minimum - 1);
            if (double.IsFinite(setting.Maximum))
                Refuses(setting, setting.Maximum + 1);
            if (setting.ValueType == typeof(double))
                Refuses(setting, "much");
        }

        void Refuses(SettingInfo setting, object value)
        {
            var error = Assert.Throws<DlException>(() => entry.Create([new(setting.Name, value)]));
            Assert.Equal("InvalidSetting", error.Id);
            Assert.Contains(setting.Name, error.Message);
        }
    }

    [Theory]
    [InlineData(CatalogKind.Layer, "Dens", "UnknownLayer", "Dense")]
    [InlineData(CatalogKind.Layer, "conv2", "UnknownLayer", "Conv2d")]
    [InlineData(CatalogKind.Layer, "RelU7", "UnknownLayer", "ReLU")]
    [InlineData(CatalogKind.Loss, "CrosEntropy", "UnknownLoss", "CrossEntropy")]
    [InlineData(CatalogKind.Optimizer, "Adem", "UnknownOptimizer", "Adam")]
    [InlineData(CatalogKind.Schedule, "Cosin", "UnknownSchedule", "Cosine")]
    [InlineData(CatalogKind.Metric, "Acuracy", "UnknownMetric", "Accuracy")]
    public void AMistypedNameIsAnsweredWithTheNearest(CatalogKind kind, string typed, string id, string nearest)
    {
        var error = Assert.Throws<DlException>(() => CatalogIndex.Find(kind, typed));
        Assert.Equal(id, error.Id);
        Assert.Contains($"Did you mean {nearest}", error.Message);
    }

    [Fact]
    public void ANameLikeNoOtherIsAnsweredWithAll() =>
        Assert.Contains(
            "There are: ASGD, Adadelta, Adagrad, Adam, AdamW, Adamax, KFAC, LAMB, LBFGS, Lion, Muon, NAdam, "
            + "NaturalGradient, NormalEquation, RAdam, RMSProp, Rprop, SGD, WordSGD.",
            Assert.Throws<DlException>(() => CatalogIndex.Find(CatalogKind.Optimizer, "Backpropagation")).Message);

    [Theory]
    [InlineData("Dense", "Unit", "UnknownSetting")]
    [InlineData("Dense", null, "MissingSetting")]
    [InlineData("Conv2d", null, "MissingSetting")]
    public void WrongOrMissingSettingsAreNamed(string layer, string? setting, string id)
    {
        KeyValuePair<string, object?>[] settings = setting is null ? [] : [new(setting, 1)];
        var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Layer>(layer, settings));
        Assert.Equal(id, error.Id);
        Assert.Contains(setting is null ? layer : "Units", error.Message);
    }

    /// <summary>The default values of PyTorch, from the signatures of its classes.</summary>
    [Theory]
    [InlineData(CatalogKind.Layer, "Dense", "Bias=True")]
    [InlineData(CatalogKind.Layer, "Conv1d", "KernelSize=3 Stride=1 Padding=0 Dilation=1 Groups=1 Bias=True")]
    [InlineData(CatalogKind.Layer, "Conv2d", "KernelSize=3 Stride=1 Padding=0 Dilation=1 Groups=1 Bias=True")]
    [InlineData(CatalogKind.Layer, "MaxPool2d", "KernelSize=2 Stride= Padding=0 CeilMode=False")]
    [InlineData(CatalogKind.Layer, "AvgPool2d", "KernelSize=2 Stride= Padding=0 CeilMode=False")]
    [InlineData(CatalogKind.Layer, "Dropout", "Probability=0.5")]
    [InlineData(CatalogKind.Layer, "Dropout2d", "Probability=0.5")]
    [InlineData(CatalogKind.Layer, "BatchNorm", "Epsilon=1E-05 Momentum=0.1 Affine=True")]
    [InlineData(CatalogKind.Layer, "Conv3d", "KernelSize=3 Stride=1 Padding=0 Dilation=1 Groups=1 Bias=True")]
    [InlineData(CatalogKind.Layer, "ConvTranspose2d",
        "KernelSize=3 Stride=1 Padding=0 OutputPadding=0 Dilation=1 Groups=1 Bias=True")]
    [InlineData(CatalogKind.Layer, "MaxPool3d", "KernelSize=2 Stride= Padding=0 Dilation=1 CeilMode=False")]
    [InlineData(CatalogKind.Layer, "AvgPool1d", "KernelSize=2 Stride= Padding=0 CeilMode=False CountIncludePad=True")]
    [InlineData(CatalogKind.Layer, "LayerNorm", "Epsilon=1E-05 Affine=True")]
    [InlineData(CatalogKind.Layer, "GroupNorm", "Epsilon=1E-05 Affine=True")]
    [InlineData(CatalogKind.Layer, "InstanceNorm", "Epsilon=1E-05 Momentum=0.1 Affine=False TrackStatistics=False")]
    [InlineData(CatalogKind.Layer, "LocalResponseNorm", "Alpha=0.0001 Beta=0.75 K=1")]
    [InlineData(CatalogKind.Layer, "AlphaDropout", "Probability=0.5")]
    [InlineData(CatalogKind.Layer, "Upsample", "Size= Mode=Nearest AlignCorners=False")]
    [InlineData(CatalogKind.Activation, "PReLU", "Slope=0.25 PerChannel=False")]
    [InlineData(CatalogKind.Activation, "RReLU", "Lower=0.125 Upper=0.3333333333333333")]
    [InlineData(CatalogKind.Activation, "CELU", "Alpha=1")]
    [InlineData(CatalogKind.Activation, "Softplus", "Beta=1 Threshold=20")]
    [InlineData(CatalogKind.Activation, "Hardtanh", "Min=-1 Max=1")]
    [InlineData(CatalogKind.Activation, "GLU", "Axis=-1")]
    [InlineData(CatalogKind.Initializer, "TruncatedNormal", "Mean=0 StandardDeviation=1 Low=-2 High=2")]
    [InlineData(CatalogKind.Initializer, "Orthogonal", "Gain=1")]
    [InlineData(CatalogKind.Layer, "RNN", "Layers=1 Bidirectional=False Dropout=0 Bias=True Nonlinearity=Tanh")]
    [InlineData(CatalogKind.Layer, "LSTM", "Layers=1 Bidirectional=False Dropout=0 Bias=True")]
    [InlineData(CatalogKind.Layer, "GRU", "Layers=1 Bidirectional=False Dropout=0 Bias=True")]
    [InlineData(CatalogKind.Layer, "MultiHeadAttention", "Dropout=0 Bias=True")]
    [InlineData(CatalogKind.Layer, "TransformerEncoder", "FeedForward=2048 Dropout=0.1 NormFirst=False Causal=False")]
    [InlineData(CatalogKind.Layer, "TransformerDecoder", "FeedForward=2048 Dropout=0.1 NormFirst=False")]
    [InlineData(CatalogKind.Layer, "Embedding", "PaddingIndex=")]
    [InlineData(CatalogKind.Activation, "LeakyReLU", "NegativeSlope=0.01")]
    [InlineData(CatalogKind.Activation, "ELU", "Alpha=1")]
    [InlineData(CatalogKind.Activation, "GELU", "Approximation=None")]
    [InlineData(CatalogKind.Initializer, "XavierUniform", "Gain=1")]
    [InlineData(CatalogKind.Initializer, "KaimingNormal", "NegativeSlope=0 Mode=FanIn Nonlinearity=LeakyReLU")]
    [InlineData(CatalogKind.Initializer, "Uniform", "Low=0 High=1")]
    [InlineData(CatalogKind.Initializer, "Normal", "Mean=0 StandardDeviation=1")]
    [InlineData(CatalogKind.Loss, "CrossEntropy", "LabelSmoothing=0")]
    [InlineData(CatalogKind.Optimizer, "SGD", "LearningRate=0.01 Momentum=0 Dampening=0 Nesterov=False WeightDecay=0")]
    [InlineData(CatalogKind.Optimizer, "Adam", "LearningRate=0.001 Beta1=0.9 Beta2=0.999 Epsilon=1E-08 WeightDecay=0")]
    [InlineData(CatalogKind.Optimizer, "AdamW",
        "LearningRate=0.001 Beta1=0.9 Beta2=0.999 Epsilon=1E-08 WeightDecay=0.01")]
    [InlineData(CatalogKind.Optimizer, "RMSProp",
        "LearningRate=0.01 Alpha=0.99 Epsilon=1E-08 Momentum=0 Centered=False WeightDecay=0")]
    [InlineData(CatalogKind.Optimizer, "Adagrad",
        "LearningRate=0.01 LearningRateDecay=0 InitialAccumulator=0 Epsilon=1E-10 WeightDecay=0")]
    [InlineData(CatalogKind.Optimizer, "Adadelta", "LearningRate=1 Rho=0.9 Epsilon=1E-06 WeightDecay=0")]
    [InlineData(CatalogKind.Optimizer, "Adamax",
        "LearningRate=0.002 Beta1=0.9 Beta2=0.999 Epsilon=1E-08 WeightDecay=0")]
    [InlineData(CatalogKind.Optimizer, "NAdam",
        "LearningRate=0.002 Beta1=0.9 Beta2=0.999 Epsilon=1E-08 MomentumDecay=0.004 WeightDecay=0")]
    [InlineData(CatalogKind.Optimizer, "RAdam", "LearningRate=0.001 Beta1=0.9 Beta2=0.999 Epsilon=1E-08 WeightDecay=0")]
    [InlineData(CatalogKind.Optimizer, "ASGD",
        "LearningRate=0.01 Lambda=0.0001 Alpha=0.75 AverageFrom=1000000 WeightDecay=0")]
    [InlineData(CatalogKind.Optimizer, "Rprop",
        "LearningRate=0.01 EtaMinus=0.5 EtaPlus=1.2 MinimumStep=1E-06 MaximumStep=50")]
    [InlineData(CatalogKind.Optimizer, "LBFGS",
        "LearningRate=1 Iterations=20 Evaluations= HistorySize=100 LineSearch=None "
        + "GradientTolerance=1E-07 ChangeTolerance=1E-09")]
    [InlineData(CatalogKind.Schedule, "Step", "Gamma=0.1")]
    [InlineData(CatalogKind.Schedule, "OneCycle",
        "RiseFraction=0.3 DivFactor=25 FinalDivFactor=10000 Curve=Cosine ThreePhase=False")]
    [InlineData(CatalogKind.Schedule, "ReduceOnPlateau",
        "Gamma=0.1 Patience=10 Threshold=0.0001 ThresholdMode=Relative Cooldown=0 MinimumFactor=0")]
    public void DefaultsArePyTorchs(CatalogKind kind, string name, string defaults)
    {
        var settings = CatalogIndex.Find(kind, name).Settings.ToDictionary(setting => setting.Name);
        foreach (var pair in defaults.Split(' ').Select(part => part.Split('=')))
            Assert.Equal(pair[1], Convert.ToString(settings[pair[0]].Default, CultureInfo.InvariantCulture) ?? "");
    }

    [Fact]
    public void TheMainSettingComesFirst()
    {
        Assert.Equal(["Units"], Positional("Dense"));
        Assert.Equal(["Filters", "KernelSize"], Positional("Conv2d"));
        Assert.Equal(["KernelSize"], Positional("MaxPool2d"));
        Assert.Equal(["Probability"], Positional("Dropout"));
        Assert.Equal(["Shape"], Positional("Reshape"));
        Assert.Equal(["Function"], Positional("Activation"));
        Assert.Equal(["Units"], Positional("LSTM"));
        Assert.Equal(["Heads"], Positional("MultiHeadAttention"));
        Assert.Equal(["Layers", "Heads"], Positional("TransformerEncoder"));
        Assert.Equal(["Tokens", "Features"], Positional("Embedding"));

        static IEnumerable<string> Positional(string name) =>
            CatalogIndex.Find(CatalogKind.Layer, name).Settings
                .Where(setting => setting.Position >= 0).Select(setting => setting.Name);
    }

    /// <summary>Settings that conflict with values other than the default of another setting.</summary>
    private static readonly string[] NotWithOthers = ["Nesterov", "MaxNorm"];

    /// <summary>
    /// A value other than the default, such that the values of all settings of an item are compatible.
    /// </summary>
    private static object? Sample(SettingInfo setting) => (setting.ItemKind, setting.ValueType) switch
    {
        _ when setting.Name == "MaxNorm" => null,
        (CatalogKind.Activation, _) => setting.Default is Tanh ? new ReLU() : new Tanh(),
        (CatalogKind.Initializer, _) => new Zeros(),
        (CatalogKind.Regularizer, _) => new L1(),
        (CatalogKind.Schedule, _) => new CosineSchedule(),
        (_, var type) when type == typeof(bool) =>
            !NotWithOthers.Contains(setting.Name) && !Equals(setting.Default, true),
        (_, var type) when type == typeof(int) => setting.Name switch
        {
            "Filters" => 12,
            "PaddingIndex" => 2,
            "Depth" => 38,
            "ImageSize" => 16,
            _ => setting.Maximum < 3 ? (int)setting.Maximum : Equals(setting.Default, 3) ? 4 : 3,
        },
        (_, var type) when setting.Name == "Max" && type == typeof(double) => 2.0,
        (_, var type) when type == typeof(double) && setting.Name == "RiseFraction" => 0.4,
        (_, var type) when type == typeof(double) && setting.Maximum < 0.75 => setting.Maximum,
        (_, var type) when type == typeof(double) =>
            Math.Max(setting.Minimum, 0) + (Equals(setting.Default, 0.75) ? 0.5 : 0.75),
        (_, var type) when type == typeof(double[]) => new[] { 0.25, 0.75 },
        (_, var type) when type == typeof(int[]) => new[] { 4, 3 },
        (_, var type) when type == typeof(Shape) => new Shape(1, 28, 28),
        (_, var type) when type == typeof(LayerList) => new LayerList(new Flatten(), new ReLU()),
        (_, var type) when type == typeof(LayerList[]) =>
            new LayerList[] { new(new ReLU()), new(new Tanh(), new Flatten()) },
        (_, var type) when type == typeof(PretrainedWeights) => PretrainedWeights.FromSetting(new float[3, 3]),
        (_, var type) when type == typeof(Dims) => setting.Name switch
        {
            "KernelSize" => new Dims(5),
            "OutputPadding" => new Dims(1),
            "Axes" => new Dims(2, 1),
            _ => new Dims(2),
        },
        (_, var type) when type == typeof(Padding) => (Padding)2,
        (_, var type) when type == typeof(string) => "conv2d1",
        (_, { IsEnum: true } type) => Enum.GetValues(type).GetValue((int)(setting.Default ?? 0) == 1 ? 0 : 1),
        (_, var type) => throw new NotSupportedException($"no sample of {type}"),
    };

    private static object? AsText(object? value) => value switch
    {
        null => null,
        CatalogItem item => item.Entry.Name,
        Array list => list.Cast<object>().Select(AsText).ToArray(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
