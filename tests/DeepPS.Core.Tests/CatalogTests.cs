using System.Globalization;

namespace DeepPS.Tests;

public class CatalogTests
{
    public static TheoryData<CatalogKind, string> Entries
    {
        get
        {
            var data = new TheoryData<CatalogKind, string>();
            foreach (var entry in Catalog.Get())
                data.Add(entry.Kind, entry.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void EveryItemIsFoundByItsNamesInAnyCase(CatalogKind kind, string name)
    {
        var entry = Catalog.Find(kind, name);
        foreach (var other in entry.Aliases.Append(name))
        {
            Assert.Same(entry, Catalog.Find(kind, other.ToUpperInvariant()));
            Assert.Same(entry, Catalog.Find(kind, other.ToLowerInvariant()));
        }
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void EveryItemAndSettingHasHelp(CatalogKind kind, string name)
    {
        var entry = Catalog.Find(kind, name);
        Assert.EndsWith(".", entry.Summary);
        Assert.All(entry.Settings, setting => Assert.True(setting.Summary.EndsWith('.'),
            $"{name} {setting.Name} has no help"));
    }

    /// <summary>A model file holds settings as text and numbers: each must come back as it was.</summary>
    [Theory]
    [MemberData(nameof(Entries))]
    public void EverySettingComesBackFromTextAndNumbers(CatalogKind kind, string name)
    {
        var entry = Catalog.Find(kind, name);
        var item = entry.Create(entry.Settings.Select(setting => KeyValuePair.Create(setting.Name, Sample(setting))));
        var text = entry.Create(entry.Settings.Select(
            setting => KeyValuePair.Create(setting.Name, AsText(setting.Get(item)))));
        foreach (var setting in entry.Settings)
        {
            Assert.True(setting.Name == "Nesterov" || !Equals(setting.Default, setting.Get(item)),
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
        var entry = Catalog.Find(kind, name);
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
    [InlineData(CatalogKind.Layer, "RelU6", "UnknownLayer", "ReLU")]
    [InlineData(CatalogKind.Loss, "CrosEntropy", "UnknownLoss", "CrossEntropy")]
    [InlineData(CatalogKind.Optimizer, "Adem", "UnknownOptimizer", "Adam")]
    [InlineData(CatalogKind.Schedule, "Cosin", "UnknownSchedule", "Cosine")]
    [InlineData(CatalogKind.Metric, "Acuracy", "UnknownMetric", "Accuracy")]
    public void AMistypedNameIsAnsweredWithTheNearest(CatalogKind kind, string typed, string id, string nearest)
    {
        var error = Assert.Throws<DlException>(() => Catalog.Find(kind, typed));
        Assert.Equal(id, error.Id);
        Assert.Contains($"Did you mean {nearest}", error.Message);
    }

    [Fact]
    public void ANameLikeNoOtherIsAnsweredWithAll() =>
        Assert.Contains("There are: Adam, AdamW, RMSProp, SGD.",
            Assert.Throws<DlException>(() => Catalog.Find(CatalogKind.Optimizer, "Backpropagation")).Message);

    [Theory]
    [InlineData("Dense", "Unit", "UnknownSetting")]
    [InlineData("Dense", null, "MissingSetting")]
    [InlineData("Conv2d", null, "MissingSetting")]
    public void WrongOrMissingSettingsAreNamed(string layer, string? setting, string id)
    {
        KeyValuePair<string, object?>[] settings = setting is null ? [] : [new(setting, 1)];
        var error = Assert.Throws<DlException>(() => Catalog.Create<Layer>(layer, settings));
        Assert.Equal(id, error.Id);
        Assert.Contains(setting is null ? layer : "Units", error.Message);
    }

    /// <summary>PyTorch's own defaults, from the signatures of its classes.</summary>
    [Theory]
    [InlineData(CatalogKind.Layer, "Dense", "Bias=True")]
    [InlineData(CatalogKind.Layer, "Conv1d", "KernelSize=3 Stride=1 Padding=0 Dilation=1 Groups=1 Bias=True")]
    [InlineData(CatalogKind.Layer, "Conv2d", "KernelSize=3 Stride=1 Padding=0 Dilation=1 Groups=1 Bias=True")]
    [InlineData(CatalogKind.Layer, "MaxPool2d", "KernelSize=2 Stride= Padding=0 CeilMode=False")]
    [InlineData(CatalogKind.Layer, "AvgPool2d", "KernelSize=2 Stride= Padding=0 CeilMode=False")]
    [InlineData(CatalogKind.Layer, "Dropout", "Probability=0.5")]
    [InlineData(CatalogKind.Layer, "Dropout2d", "Probability=0.5")]
    [InlineData(CatalogKind.Layer, "BatchNorm", "Epsilon=1E-05 Momentum=0.1 Affine=True")]
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
    [InlineData(CatalogKind.Schedule, "Step", "Gamma=0.1")]
    public void DefaultsArePyTorchs(CatalogKind kind, string name, string defaults)
    {
        var settings = Catalog.Find(kind, name).Settings.ToDictionary(setting => setting.Name);
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

        static IEnumerable<string> Positional(string name) =>
            Catalog.Find(CatalogKind.Layer, name).Settings
                .Where(setting => setting.Position >= 0).Select(setting => setting.Name);
    }

    /// <summary>A value other than the default, such that all of an item's go together.</summary>
    private static object? Sample(SettingInfo setting) => (setting.ItemKind, setting.ValueType) switch
    {
        (CatalogKind.Activation, _) => new Tanh(),
        (CatalogKind.Initializer, _) => new Zeros(),
        (_, var type) when type == typeof(bool) => setting.Name != "Nesterov" && !Equals(setting.Default, true),
        (_, var type) when type == typeof(int) => setting.Name == "Filters" ? 12 : setting.Maximum < 3 ? (int)setting.Maximum : Equals(setting.Default, 3) ? 4 : 3,
        (_, var type) when type == typeof(double) => Equals(setting.Default, 0.75) ? 0.5 : 0.75,
        (_, var type) when type == typeof(double[]) => new[] { 0.25, 0.75 },
        (_, var type) when type == typeof(int[]) => new[] { 4, 3 },
        (_, var type) when type == typeof(Shape) => new Shape(1, 28, 28),
        (_, var type) when type == typeof(LayerList) => new LayerList(new Flatten(), new ReLU()),
        (_, var type) when type == typeof(LayerList[]) => new LayerList[] { new(new ReLU()), new(new Tanh(), new Flatten()) },
        (_, var type) when type == typeof(Dims) => new Dims(setting.Name == "KernelSize" ? 5 : 2),
        (_, var type) when type == typeof(Padding) => (Padding)2,
        (_, { IsEnum: true } type) => Enum.GetValues(type).GetValue(1),
        (_, var type) => throw new NotSupportedException($"no sample of {type}"),
    };

    private static object? AsText(object? value) => value switch
    {
        CatalogItem item => item.Entry.Name,
        Array list => list.Cast<object>().Select(AsText).ToArray(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
