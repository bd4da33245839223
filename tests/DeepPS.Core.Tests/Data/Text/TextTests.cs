using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Tests;

public sealed class TextTests
{
    private static readonly ColumnSettings Text = new() { Kind = ColumnKind.Text };

    /// <summary>A column of text; null is missing.</summary>
    private static Column Texts(string name, ColumnSettings settings, params string?[] texts)
    {
        var levels = texts.OfType<string>().Distinct().ToArray();
        return new CategoryColumn(name, texts.Select(text => Array.IndexOf(levels, text)).ToArray(), levels)
            .With(settings);
    }

    private static Dataset Mails(ColumnSettings? settings = null) => new("mails",
        [
            Texts("Body", settings ?? Text, "the printer is broken", "the VPN is slow", null, "the the the printer "
                + "😀", "VPN printer is is"),
            Texts("Team", ColumnSettings.None, "a", "b", "a", "a", "b"),
        ], "Team");

    private static float[][] Ids(DataPlan plan, Dataset data) =>
        ((float[])plan.Encode(data, withLabel: false).Inputs[0].Values).Chunk((int)plan.InputShape[0]).ToArray();

    [Fact]
    public void TextIsPaddedIds()
    {
        var log = new List<string>();
        var plan = DataPlan.Fit(Mails(Text with { Length = 5 }), log.Add);
        Assert.Equal(new Shape(5), plan.InputShape);
        // the: 5, is: 4, printer: 3, vpn: 2; the others occur once.
        Assert.Equal(6, plan.Inputs[0].Levels);
        float[][] expected = [[2, 4, 3, 1, 0], [2, 5, 3, 1, 0], [0, 0, 0, 0, 0], [2, 2, 2, 4, 1], [5, 4, 3, 3, 0]];
        Assert.Equal(expected, Ids(plan, Mails()));
        Assert.Contains(log, line => line.Contains("4 words, the first 5 of each row"));
        var again = DataPlan.FromJson(JsonNode.Parse(plan.ToJson().ToJsonString())!);
        Assert.Equal(expected, Ids(again, Mails()));
        Assert.Equal(plan.Inputs, again.Inputs);
    }

    [Fact]
    public void TheLengthIsThatOfMostTexts()
    {
        var texts = Enumerable.Range(1, 100).Select(i => string.Join(' ', Enumerable.Repeat("word", i))).ToArray();
        var log = new List<string>();
        Assert.Equal(new Shape(95), DataPlan.Fit(new Dataset("set", [Texts("Body", Text, texts)]), log.Add).InputShape);
        Assert.Contains(log, line => line.Contains("Length is 95 tokens"));
        var huge = string.Join(' ', Enumerable.Repeat("word", 200_000));
        Assert.Equal(new Shape(256), DataPlan.Fit(
            new Dataset("set", [Texts("Body", Text, "a word", huge)])).InputShape);
        var empty = DataPlan.Fit(new Dataset("set", [Texts("Body", Text, "\u200d", "\u0301")]));
        Assert.Equal([0f, 0f], (float[])empty.Encode(
            new Dataset("set", [Texts("Body", Text, "\u200d", "\u0301")]), false).Inputs[0].Values);
    }

    [Theory]
    [InlineData(TokenizerKind.Word)]
    [InlineData(TokenizerKind.Character)]
    [InlineData(TokenizerKind.BytePair)]
    public void NothingOfOtherPartsIsInThePlan(TokenizerKind kind)
    {
        var settings = Text with { Tokenizer = kind, MinimumCount = 1 };
        var all = new Dataset("set", [Texts("Body", settings, "abc abd", "abc", "xyz xyz xyz xyz", null)]);
        var alone = new Dataset("set", [Texts("Body", settings, "abc abd", "abc")]);
        Assert.Equal(DataPlan.Fit(alone).ToJson().ToJsonString(),
            DataPlan.Fit(all.Take([0, 1])).ToJson().ToJsonString());
    }

    [Fact]
    public void RowsOfObjectsEncodeAsTheColumnDoes()
    {
        var plan = DataPlan.Fit(Mails());
        Dictionary<string, object?> Row(object? body) => new() { ["body"] = body };
        var rows = plan.Rows([Row("the printer is broken"), Row(null), Row(42), Row("Printer")]);
        var ids = Ids(plan, rows);
        Assert.Equal(Ids(plan, Mails())[0], ids[0]);
        Assert.All(ids[1], id => Assert.Equal(0, id));
        Assert.Equal([1f, 0], ids[2][..2]);
        Assert.Equal([4f, 0], ids[3][..2]);
        var error = plan.Check(Row(new object()))!;
        Assert.Equal("NotACategory", error.Id);
        Assert.Contains("'Body' must hold text", error.Message);
    }

    [Fact]
    public void NumbersInATextColumnAreText()
    {
        using var files = new DataFiles();
        var path = files.Write("t.csv", "Code,y\n007,a\n7,b\n007,a\n");
        var options = new CsvOptions
        {
            Label = "y",
            Settings = new Dictionary<string, ColumnSettings> { ["Code"] = Text with { MinimumCount = 1 } },
        };
        var data = CsvReader.Read(path, options);
        Assert.Equal("007", data.Columns[0][0]);
        Assert.Equal([2f, 3, 2], (float[])DataPlan.Fit(data).Encode(data, true).Inputs[0].Values);
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(255, null, null)]
    [InlineData(null, 0, null)]
    [InlineData(null, 65_537, null)]
    [InlineData(null, null, 0)]
    public void SettingsThatCannotWorkAreRefused(int? vocabulary, int? length, int? least)
    {
        var settings = Text with
        {
            Vocabulary = vocabulary,
            Length = length,
            MinimumCount = least,
            Tokenizer = TokenizerKind.BytePair,
        };
        Assert.Contains("'Body'", DataFiles.Fails("InvalidColumnSetting", () => DataPlan.Fit(Mails(settings))).Message);
    }

    [Fact]
    public void TextStandsAlone()
    {
        var data = new Dataset("set", [.. Mails().Columns, new NumberColumn("Hour", [1, 2, 3, 4, 5]),
            Texts("Subject", Text, "x x", "y", null, "x", "y")], "Team");
        var plan = DataPlan.Fit(data);
        var error = DataFiles.Fails("TextWithColumns", () => _ = plan.Inputs);
        Assert.Contains("'Body' and further columns (Hour, Subject)", error.Message);
        Assert.Contains("-From Body", error.Message);
        Assert.Equal(["Body", "Subject", "input"],
            plan.For(["Body", "Subject", "input"]).Inputs.Select(input => input.Name));
    }

    /// <summary>Missing text is all padding: every layer that uses the mask must support it.</summary>
    [Fact]
    public void SeveralTextsAndANumberTrainSaveAndLoad()
    {
        var data = new Dataset("set", [.. Mails().Columns, new NumberColumn("Hour", [1, 2, 3, 4, 5]),
            Texts("Subject", Text, "x x", "y", null, "x", "y")], "Team");
        using var model = new Model(
            [
                new Embedding { Features = 8, Name = "words", From = ["Body"] },
                new TransformerEncoder { Layers = 1, Heads = 2, FeedForward = 8, From = ["words", "Body"],
                    Name = "encoder" },
                new SequenceMean { From = ["encoder", "Body"], Name = "mean" },
                new Embedding { Tokens = 4, Name = "titles", From = ["Subject"] },
                new LSTM { Units = 4, Bidirectional = true, From = ["titles", "Subject"], Name = "lstm" },
                new Concat { From = ["mean", "lstm", "input"] },
                new Dense { Units = 2 },
            ], seed: 1);
        var records = new Trainer(model, new TrainingOptions
        {
            Epochs = 30, BatchSize = 2, Optimizer = new Adam { LearningRate = 0.02 },
        }).Run(data).ToArray();
        Assert.All(records, record => Assert.True(double.IsFinite(record.Loss)));
        Assert.True(records[^1].Loss < 0.2, $"{records[^1].Loss}");
        Assert.Equal((6, 8, 0), (((Embedding)model.Layers[0]).Tokens, ((Embedding)model.Layers[0]).Features,
            ((Embedding)model.Layers[0]).PaddingIndex));
        Assert.Equal((4, 4), (((Embedding)model.Layers[3]).Tokens, ((Embedding)model.Layers[3]).Features));

        using var files = new DataFiles();
        var path = Path.Combine(files.Folder, "m.dlmodel");
        ModelFile.Save(model, path);
        using var loaded = ModelFile.Load(path);
        Assert.Equal(model.Layers.Select(layer => layer.Describe()), loaded.Layers.Select(layer => layer.Describe()));
        object?[] bodies = ["the VPN is slow", null, new string('z', 5000), "שלום 😀 printer"];
        var rows = model.Plan!.Rows(bodies.Select(
            body => new Dictionary<string, object?> { ["Body"] = body, ["Hour"] = 2, ["Subject"] = null }).ToArray());
        var (before, after) = (Predictor.Predict(model, rows), Predictor.Predict(loaded, rows));
        Assert.Equal(before.Select(row => (row.Value, row.Probability)),
            after.Select(row => (row.Value, row.Probability)));
        Assert.All(after, row => Assert.True(row.Probability is > 0 and <= 1));
        // Training continues from its previous state.
        Assert.True(new Trainer(loaded, new TrainingOptions { Epochs = 1, BatchSize = 2 }).Run(data)
            .Single().Loss < 0.3);
    }

    [Fact]
    public void AnEmbeddingThatReadsNoTextWantsItsSizes()
    {
        using var model = new Model([new Embedding { Features = 3 }, new LSTM { Units = 2 }, new Dense { Units = 1 }]);
        var error = DataFiles.Fails("LayerShape",
            () => new Trainer(model, new TrainingOptions()).Run(Sets.Line()).First());
        Assert.Contains("two sizes, Tokens and Features", error.Message);
    }

    [Fact]
    public void TokensOfTheDataAreCountedToo()
    {
        var tokens = new TokenColumn("Steps", [0, 1, 2, -1, 1, 1], ["x", "y", "z"], new Shape(3));
        using var model = new Model([new Embedding { Features = 3 },
            new LSTM { Units = 2, From = ["embedding1", "input"] }, new Dense { Units = 2 }]);
        new Trainer(model, new TrainingOptions { Epochs = 1 })
            .Run(new Dataset("set", [tokens, Texts("y", ColumnSettings.None, "a", "b")], "y")).Single();
        Assert.Equal(4, ((Embedding)model.Layers[0]).Tokens);
    }
}
