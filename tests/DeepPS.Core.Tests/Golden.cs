using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Values made with PyTorch (<c>golden/make_golden.py</c>), and the comparison with them.</summary>
internal static class Golden
{
    /// <summary>The largest error of a float32 result, relative to the largest number of its tensor (or 1).</summary>
    /// <remarks>Adding float32 numbers in another order changes the sum by a few units of 1.2e-7.</remarks>
    public const double Tolerance = 2e-6;

    /// <summary>The same for TransformerDecoder: each layer has two attentions and three norms.</summary>
    /// <remarks>An error of 2.4e-6 was measured in one gradient.</remarks>
    public const double DecoderTolerance = 4e-6;

    /// <summary>The same for second gradients, relative to the largest number of them all: some are zero but for
    /// rounding, such as those of a bias before batch normalisation.</summary>
    public const double SecondTolerance = 1e-5;

    private static readonly ConcurrentDictionary<string, IReadOnlyList<JsonNode>> Sets = new();

    /// <summary>
    /// The cases of a set: those of its file, then those of its families (<c>layers</c>, <c>layers_pooling</c>, ...).
    /// </summary>
    public static IReadOnlyList<JsonNode> Load(string set) => Sets.GetOrAdd(set, name =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "golden"), "*.json")
            .Where(path => Path.GetFileNameWithoutExtension(path) is var file
                && (file == name || file.StartsWith(name + "_", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .SelectMany(path => JsonNode.Parse(File.ReadAllText(path))!["cases"]!.AsArray())
            .Select(golden => golden!).ToArray());

    /// <summary>The number, type and settings of each case of a set, or of some.</summary>
    public static TheoryData<int, string> Names(string set, Func<JsonNode, bool>? where = null)
    {
        var data = new TheoryData<int, string>();
        foreach (var (index, golden) in Load(set).Index().Where(one => where?.Invoke(one.Item) ?? true))
            data.Add(index, $"{golden["type"]} {golden["settings"]!.ToJsonString()}");
        return data;
    }

    /// <summary>The names in a set of which PyTorch can differentiate no case twice.</summary>
    public static IEnumerable<string> WithoutSecondGradients(string set) => Load(set)
        .GroupBy(golden => (string)golden["type"]!)
        .Where(cases => cases.All(golden => golden["second"] is null)).Select(cases => cases.Key).Order();

    /// <summary>The names of a kind for which a set has no case.</summary>
    public static IEnumerable<string> Missing(string set, CatalogKind kind) =>
        CatalogIndex.Get(kind).Select(entry => entry.Name).Except(Load(set).Select(golden => (string)golden["type"]!));

    /// <summary>The item of a case, made as if read from a model file.</summary>
    public static T Item<T>(JsonNode golden) where T : CatalogItem
    {
        var kind = CatalogIndex.KindOf(typeof(T))!.Value;
        var settings = golden["settings"]!.DeepClone().AsObject();
        var known = CatalogIndex.Find(kind, (string)golden["type"]!).Settings.Select(setting => setting.Name);
        Assert.Empty(settings.Select(setting => setting.Key).Except(known));
        settings["type"] = (string)golden["type"]!;
        return (T)ItemJson.Read(kind, settings);
    }

    /// <summary>Makes a tensor of a case.</summary>
    public static Tensor Tensor(JsonNode golden) => golden["data"]!.AsArray() is var data && IsWhole(data)
        ? tensor(data.Select(value => value!.GetValue<long>()).ToArray()).reshape(Sizes(golden))
        : tensor(data.Select(value => value!.GetValue<float>()).ToArray()).reshape(Sizes(golden));

    /// <summary>The sizes of a tensor.</summary>
    public static long[] Sizes(JsonNode golden) =>
        golden["shape"]!.AsArray().Select(size => size!.GetValue<long>()).ToArray();

    /// <summary>Compares sizes and numbers.</summary>
    /// <param name="golden">The expected tensor.</param>
    /// <param name="actual">The tensor.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="tolerance">The largest error, relative to the largest number.</param>
    /// <param name="scale">The least number that counts as the largest.</param>
    public static void Equal(JsonNode golden, Tensor? actual, string what, double tolerance = Tolerance,
        double scale = 1)
    {
        Assert.True(actual is not null, $"{what} is missing");
        using var expected = Tensor(golden);
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.dtype, actual.dtype);
        using var wanted = expected.to_type(ScalarType.Float64);
        using var got = actual.detach().to_type(ScalarType.Float64);
        var limit = tolerance * Math.Max(scale, wanted.abs().max().ToDouble());
        var distance = wanted.sub(got).abs().max().ToDouble();
        Assert.True(distance <= limit, $"{what} is off by {distance:g3}; the limit is {limit:g3}");
    }

    /// <summary>
    /// Compares the gradients of the sum of squares of a number's gradients; both are by the same tensors.
    /// </summary>
    public static void EqualSecond(IReadOnlyList<JsonNode?> golden, Tensor total, IReadOnlyList<Tensor> variables)
    {
        var squares = variables.Select(variable => Gradients.Differentiable(total, variable).square().sum()).ToArray();
        var second = Gradients.Of(stack(squares).sum(), variables);
        Assert.Equal(golden.Count, second.Length);
        var largest = Math.Max(1, golden.Max(gradient => Tensor(gradient!).abs().max().ToDouble()));
        foreach (var (i, gradient) in second.Index())
            Equal(golden[i]!, gradient, $"second gradient {i + 1}", SecondTolerance, largest);
    }

    private static bool IsWhole(JsonArray data) =>
        !data.Any(value => value!.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E'));
}
