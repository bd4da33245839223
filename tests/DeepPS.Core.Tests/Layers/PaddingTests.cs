using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Sequences of different lengths: padding changes no output, loss or gradient. Expected values are those of
/// PyTorch, which computed each sequence alone.</summary>
public sealed class PaddingTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Golden.Load("padding").Count)];

    private static Layer[] Layers(JsonNode golden) => golden["layers"]!.AsArray()
        .Select(layer => (Layer)ItemJson.Read(CatalogKind.Layer, layer!.DeepClone())).ToArray();

    /// <summary>A property of rows: an array of arrays, or of values, or a single value.</summary>
    private static object Value(JsonNode packed)
    {
        var sizes = Golden.Sizes(packed);
        var data = packed["data"]!.AsArray().Select(number => number!.GetValue<double>()).ToArray();
        return sizes.Length == 2 ? data.Chunk((int)sizes[1]).ToArray() : data;
    }

    private static Dataset Data(JsonNode golden, bool classes)
    {
        var builder = new DatasetBuilder();
        foreach (var (input, target) in golden["inputs"]!.AsArray().Zip(golden["targets"]!.AsArray()))
            builder.Add(new Dictionary<string, object?>
            {
                ["x"] = Value(input!),
                ["y"] = Value(target!),
            });
        return builder.Build("sequences", "y", classes ? LabelKind.Class : null);
    }

    private static Model NewModel(JsonNode golden, DataPlan plan)
    {
        var model = new Model(Layers(golden), plan.Inputs, seed: 1);
        using var _ = no_grad();
        foreach (var parameter in model.Network!.Parameters)
            using (var value = Golden.Tensor(golden["parameters"]![parameter.Name]!))
                parameter.Value.copy_(value);
        return model;
    }

    private static bool HasClasses(JsonNode golden) =>
        !golden["targets"]![0]!["data"]![0]!.ToJsonString().Contains('.');

    [Theory, MemberData(nameof(Cases))]
    public void PaddingChangesNoOutputLossOrGradient(int index)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("padding")[index];
        var data = Data(golden, HasClasses(golden));
        var plan = DataPlan.FromJson(DataPlan.Fit(data).ToJson());
        using var model = NewModel(golden, plan);
        var label = plan.Label!.Unscaled();
        var encoded = plan.With(label).Encode(data, withLabel: true);
        var input = tensor((float[])encoded.Inputs[0].Values).reshape(plan.Inputs[0].Shape.WithBatch(data.Count));
        var target = encoded.Targets switch
        {
            long[] numbers => tensor(numbers),
            var values => tensor((float[])values!),
        };
        var loss = LossChoice.Loss(null, label, model.Network!);
        var output = model.Network!.Forward(input, new ForwardContext(training: true));
        foreach (var (row, expected) in golden["outputs"]!.AsArray().Index())
            Golden.Equal(expected!, output[row].narrow(0, 0, Golden.Sizes(expected!)[0]), $"output {row}");
        target = target.reshape(label.Shape.WithBatch(data.Count));
        var value = loss.Compute(output, target);
        Assert.Equal((double)golden["loss"]!, value.ToDouble(), 5);
        value.backward();
        foreach (var parameter in model.Network.Parameters)
            Golden.Equal(golden["gradients"]![parameter.Name]!, parameter.Value.grad, parameter.Name,
                Golden.DecoderTolerance);
        using var weighted = loss.Compute(output.detach(), target, null, ones(data.Count));
        Assert.Equal((double)golden["loss"]!, weighted.ToDouble(), 5);
    }

    /// <summary>The padding of a batch's other rows does not matter, and is as long as in training.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void PredictionsEndWithTheirSequence(int index)
    {
        var golden = Golden.Load("padding")[index];
        var data = Data(golden, HasClasses(golden));
        var plan = DataPlan.Fit(data);
        using var model = NewModel(golden, plan);
        (model.Plan, model.Loss) = (plan, LossChoice.Loss(null, plan.Label!, model.Network!));
        var rows = golden["inputs"]!.AsArray()
            .Select(input => new Dictionary<string, object?> { ["x"] = Value(input!) }).ToArray();
        var together = Predictor.Predict(model, plan.Rows(rows));
        foreach (var (row, prediction) in together.Index())
        {
            var alone = Predictor.Predict(model, plan.Rows([rows[row]])).Single();
            if (prediction.Value is not Array steps)
                Assert.Equal((double)alone.Value, (double)prediction.Value, 5);
            else
                Assert.Equal((int)Golden.Sizes(golden["inputs"]![row]!)[0], steps.Length);
            if (prediction.Probability is { } probability)
                Assert.Equal(alone.Probability!.Value, probability, 5);
        }

        // Metrics too count the steps of the sequences alone.
        var measured = Evaluator.Measure(model, data).Metrics();
        var parts = Enumerable.Range(0, data.Count)
            .SelectMany(row => Enumerable.Repeat(row, data.Label is NumberColumn ? 1
                : ((Array)data.Label![row]!).Length)
                .Select((_, step) => (Predicted: StepOf(together[row].Value, step),
                    True: StepOf(data.Label![row]!, step))))
            .ToArray();
        var expected = HasClasses(golden) ? parts.Average(pair => Equals($"{pair.Predicted}", $"{pair.True}") ? 1.0 : 0)
            : parts.Average(pair => Math.Abs(Convert.ToDouble(pair.Predicted) - Convert.ToDouble(pair.True)));
        Assert.Equal(expected, measured[0].Value, 5);

        static object StepOf(object value, int step) => value is Array steps ? steps.GetValue(step)! : value;
    }

    private static Model Ragged(params Layer[] layers) =>
        new(layers, [new NetworkInput("input", new Shape(6, 2)) { IsPadded = true }], seed: 2);

    [Fact]
    public void ALayerThatWouldTakePaddingForStepsIsRefused()
    {
        Layer mixed = new BatchNorm();
        var refused = Assert.Throws<DlException>(() => Ragged(mixed, new LSTM { Units = 2 }));
        Assert.Equal("PaddingUnknown", refused.Id);
        Assert.Contains("input.mask", refused.Message, StringComparison.Ordinal);
        using var given = Ragged(mixed with { Name = "a" }, new LSTM { Units = 2, From = ["a", "input.mask"] });
        Assert.Equal(2, given.Network!.Nodes[1].Inputs.Count);
        Assert.Equal("PaddingUnknown", Assert.Throws<DlException>(() => Ragged(
            new Residual { Body = new(new LSTM { Units = 2, ReturnSequences = true }) })).Id);
        using var flat = Ragged(new Flatten(), new Dense { Units = 1 });
        using var residual = Ragged(new Residual { Body = new(new Dense { Units = 2 }) }, new GRU { Units = 3 });
        Assert.Equal(2, residual.Network!.Nodes[1].Inputs.Count);
    }

    [Fact]
    public void AModelFileKeepsThatItsInputIsPadded()
    {
        using var model = Ragged(new GRU { Units = 3 });
        var sizes = model.Network!.State.ToDictionary(parameter => parameter.Name, parameter => parameter.Value.shape);
        using var read = ModelJson.Read(SafeJson.Parse(ModelJson.Write(model).ToJsonString()),
            name => sizes.GetValueOrDefault(name));
        Assert.True(read.Network!.Inputs[0].IsPadded);
        Assert.Throws<DlException>(() => read.Bind(new Shape(6, 2)));
    }

    [Fact]
    public void ALossThatCannotLeavePaddingOutIsRefused()
    {
        var golden = Golden.Load("padding")[1];
        var plan = DataPlan.Fit(Data(golden, classes: false));
        using var model = new Model([new GRU { Units = 1, ReturnSequences = true }, new Reshape { Shape = new(7) }],
            plan.Inputs);
        Assert.Equal("LossLabel", Assert.Throws<DlException>(
            () => LossChoice.Loss(new Quantile(), plan.Label!, model.Network!)).Id);
    }
}
