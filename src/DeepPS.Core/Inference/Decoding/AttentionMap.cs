using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>What a model of text looked at when it produced each token.</summary>
/// <param name="Source">The tokens of the input.</param>
/// <param name="Produced">The tokens that were produced, with the end.</param>
/// <param name="Weights">For each produced token the weight of each input token: the mean of all layers and heads.
/// </param>
internal sealed record AttentionMap(IReadOnlyList<string> Source, IReadOnlyList<string> Produced,
    IReadOnlyList<IReadOnlyList<double>> Weights)
{
    /// <summary>Produces the text of the first row, and reads the attention to its input.</summary>
    /// <param name="model">A trained model from one column of text to text.</param>
    /// <param name="rows">The row.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>NoAttention</c>: the model has none.</exception>
    public static AttentionMap Of(Model model, Dataset rows, CancellationToken cancel)
    {
        TorchRuntime.Ensure();
        var (network, plan, _) = model.Trained();
        if (plan.Label!.Text is not { } text || plan.IsLanguageModel
            || plan.InputColumns.ToArray() is not [{ Encoding: TextEncoder reader } column])
            throw Refused(model, "must be one from one column of text to text");
        using var turn = ThreadTurn.Take(Threads.Count(null));
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var device = TorchRuntime.Device(model.Device);
        rows = rows.Take([0]);
        using var samples = new DeviceData(plan.Encode(rows, withLabel: false), device);
        var inputs = samples.Range(0, 1).Inputs;
        var ids = TextPredictor.Decode(network, plan, inputs, [[]], new DecodingOptions(), device, null, cancel)[0]
            .Tokens;
        var produced = ids.Append(text.End).Take(text.Length).ToArray();
        for (var place = 1; place < produced.Length; place++)
            inputs[plan.TargetPlace][0, place] = (float)produced[place - 1];
        var record = new AttentionRecord();
        network.Forward(inputs, new ForwardContext(training: false) { Attention = record });
        if (record.Weights.Count == 0)
            throw Refused(model, "has no layer that attends to its input");
        var words = reader.Tokens((string)rows.Find(column.Name)![0]!);
        var mean = stack(record.Weights).mean([0, 1]).to(ScalarType.Float64).cpu();
        foreach (var weights in record.Weights)
            weights.Dispose();
        return new AttentionMap(words, produced.Select(id => text.Classes[id]).ToArray(), produced
            .Select((_, place) => mean[place].narrow(0, 0, words.Length).data<double>().ToArray())
            .ToArray<IReadOnlyList<double>>());
    }

    private static DlException Refused(Model model, string why) => new("NoAttention", DlErrorKind.InvalidArgument,
        $"Model '{model.Name}' {why}. A picture of attention needs such a model as Transformer or LstmSeq2Seq.", model);
}
