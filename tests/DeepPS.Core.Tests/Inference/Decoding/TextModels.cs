using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>Small models that produce text: numbers in words, of which the target has each digit in the reverse
/// order.</summary>
internal static class TextModels
{
    private static readonly string[] Source = ["one", "two", "three", "four", "five"];
    private static readonly string[] Target = ["un", "deux", "trois", "quatre", "cinq"];

    /// <summary>Pairs of 2 to 4 words and a full stop.</summary>
    public static Dataset Pairs(int count = 120, int seed = 1)
    {
        var random = new Random(seed);
        var builder = new DatasetBuilder();
        for (var i = 0; i < count; i++)
        {
            var digits = Enumerable.Range(0, random.Next(2, 5)).Select(_ => random.Next(Source.Length)).ToArray();
            builder.Add(new Dictionary<string, object?>
            {
                ["English"] = string.Join(' ', digits.Select(digit => Source[digit])) + ".",
                ["French"] = string.Join(' ', digits.Reverse().Select(digit => Target[digit])) + ".",
            });
        }

        return builder.Build("pairs", "French", LabelKind.Text);
    }

    /// <summary>Lines for a language model: one sentence of each length.</summary>
    public static Dataset Lines(int count = 60)
    {
        var builder = new DatasetBuilder();
        for (var i = 0; i < count; i++)
            builder.Add(new Dictionary<string, object?> { ["Text"] = string.Join(' ', Target[..(1 + i % 5)]) + "!" });
        return builder.Build("lines", "Text", LabelKind.Text);
    }

    /// <summary>An untrained model by name.</summary>
    public static Model New(string name) => name switch
    {
        "Transformer" => new Transformer { Width = 16, Depth = 2, Heads = 2, FeedForward = 16, Dropout = 0 }
            .Build(seed: 1),
        "LstmSeq2Seq" => new LstmSeq2Seq { Units = 16, Depth = 2, Score = AttentionScore.Additive, Dropout = 0.1 }
            .Build(seed: 1),
        "TransformerLM" => new TransformerLM { Width = 16, Depth = 2, Heads = 2, FeedForward = 16, Dropout = 0 }
            .Build(seed: 1),
        "GRU" or "GRU of rank 4" => new Model(
            [
                new Embedding { Features = 12, Name = "words" },
                new GRU { Units = 12, Layers = 2, Rank = name == "GRU" ? 0 : 4, ReturnSequences = true },
                new LayerNorm { Name = "norm" }, new TokenLogits { From = ["norm", "input"] },
            ], seed: 1),
        // Each step reads all steps at once.
        _ => new Model(
            [
                new Embedding { Features = 12, Name = "words" }, new RNN { Units = 12, ReturnSequences = true },
                new TimeDistributed { Body = new LayerList(new Dense { Units = 12 }), Name = "each" },
                new TokenLogits { From = ["each", "input"] },
            ], seed: 1),
    };

    /// <summary>A trained model by name; the caller disposes it.</summary>
    public static Model Trained(string name, int epochs = 2)
    {
        var model = New(name);
        var data = name is "Transformer" or "LstmSeq2Seq" ? Pairs() : Lines();
        new Trainer(model, new TrainingOptions
        {
            Epochs = epochs, BatchSize = 16, Optimizer = new Adam { LearningRate = 0.01 },
        }).Run(data).Last();
        return model;
    }

    /// <summary>A row for each source text.</summary>
    public static Dataset Rows(Model model, params string?[] texts) => model.Plan!.Rows(texts.Select(text =>
        new Dictionary<string, object?> { [model.Plan.InputColumnNames[0]] = text }).ToArray());
}
