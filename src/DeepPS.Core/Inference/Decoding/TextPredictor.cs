using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Produces texts with a model whose label is text.</summary>
internal static class TextPredictor
{
    /// <summary>The number of texts that are produced at once.</summary>
    private const int TextsAtOnce = 128;

    /// <summary>Produces the text of each row.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="inputs">Rows with the columns of the training data; of a language model, with the beginnings of the
    /// texts.</param>
    /// <param name="options">The options.</param>
    /// <param name="threads">The number of threads.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<Prediction> Predict(Model model, Dataset inputs, PredictionOptions options, int threads,
        CancellationToken cancel)
    {
        var (network, plan, _) = model.Trained();
        var (text, decoding) = (plan.Label!.Text!, options.Decoding ?? new DecodingOptions());
        decoding.Check(plan);
        plan.Require(inputs);
        var begun = Begun(plan, inputs);
        var unknown = Unknown(plan, inputs);
        using var noGradient = no_grad();
        var device = TorchRuntime.Device(model.Device);
        using var samples = new DeviceData(plan.Encode(inputs, withLabel: false), device);
        var draws = !decoding.Draws ? null
            : Enumerable.Range(0, samples.Count).Select(row => new TokenDraw(decoding, row)).ToArray();
        var predictions = new List<Prediction>(samples.Count);
        var atOnce = Math.Max(1, TextsAtOnce / decoding.Beam);
        for (var first = 0; first < samples.Count; first += atOnce)
        {
            using var turn = ThreadTurn.Take(threads);
            using var scope = NewDisposeScope();
            var count = Math.Min(atOnce, samples.Count - first);
            var batch = samples.Range(first, count).Inputs;
            var texts = decoding.Generate is not null
                ? Enumerable.Range(first, count).Select(row => LanguageGenerator.Run(network, plan, begun[row],
                    decoding, device, draws?[row], cancel)).ToArray()
                : Decode(network, plan, batch, begun[first..(first + count)], decoding, device,
                    draws?[first..(first + count)], cancel)
                    .Select(decoded => (Text: text.TextOf(decoded.Tokens), decoded.LogProbability)).ToArray();
            var own = texts.Select((made, i) => new Prediction(made.Text, Math.Exp(made.LogProbability))
            {
                IsChecked = true, Unfamiliar = unknown[first + i],
            });
            predictions.AddRange(options.Layer is null ? own : Predictor.Represented(own, network, options, batch));
        }

        return predictions;
    }

    /// <summary>The tokens of each row of a batch.</summary>
    internal static DecodedText[] Decode(Network network, DataPlan plan, Tensor[] inputs,
        IReadOnlyList<int[]> begun, DecodingOptions options, Device device, IReadOnlyList<TokenDraw>? draws,
        CancellationToken cancel)
    {
        var text = plan.Label!.Text!;
        // The texts of a row are neighbours.
        if (options.Beam > 1)
            inputs = Array.ConvertAll(inputs, input => input.repeat_interleave(options.Beam, 0));
        using var source = TokenSource.Of(network, inputs, plan, options.UsesCache);
        return options.Beam > 1 ? new BeamDecoder(text, options, begun.Count).Run(source, device, cancel)
            : StepDecoder.Run(source, text, begun, options, device, draws, cancel);
    }

    /// <summary>The tokens with which each text begins: of a language model.</summary>
    private static int[][] Begun(DataPlan plan, Dataset inputs)
    {
        var column = plan.IsLanguageModel ? inputs.Find(plan.Label!.Name) : null;
        return Enumerable.Range(0, inputs.Count)
            .Select(row => column?[row] is string text ? plan.Label!.Text!.Ids(text) : []).ToArray();
    }

    /// <summary>The columns of each row with tokens that training did not know; null for none.</summary>
    private static string?[] Unknown(DataPlan plan, Dataset inputs)
    {
        var names = new string?[inputs.Count];
        foreach (var column in plan.InputColumns)
        {
            Func<string, bool>? isStrange = column.Encoding switch
            {
                TextEncoder text => value => text.Knows(value) is false,
                TargetEncoder text => value => text.Ids(value).Contains(Tokenizer.Unknown),
                _ => null,
            };
            if (isStrange is null || inputs.Find(column.Name) is not { } values)
                continue;
            for (var row = 0; row < names.Length; row++)
                if (values[row] is string value && isStrange(value))
                    names[row] = names[row] is { } others ? $"{others}, {column.Name}" : column.Name;
        }

        return names;
    }
}
