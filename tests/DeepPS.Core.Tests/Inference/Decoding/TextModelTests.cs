using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public sealed class TextModelTests
{
    internal static string[] Texts(Model model, Dataset rows, DecodingOptions? options = null) =>
        Predictor.Predict(model, rows, new PredictionOptions { Decoding = options })
            .Select(prediction => (string)prediction.Value).ToArray();

    [Theory]
    [InlineData("Transformer")]
    [InlineData("LstmSeq2Seq")]
    public void AModelLearnsToTranslateAndMeasuresIt(string name)
    {
        using var model = TextModels.Trained(name, 40);
        var evaluation = Evaluator.Measure(model, TextModels.Pairs(20, 1));
        var values = evaluation.Metrics().ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal(["TokenAccuracy", "Perplexity", "Bleu", "ChrF"], values.Keys);
        Assert.InRange(values["TokenAccuracy"], 0.95, 1);
        Assert.InRange(values["Perplexity"], 1, 1.3);
        Assert.InRange(values["Bleu"], 90, 100.001);
        Assert.InRange(values["ChrF"], 90, 100.001);
        Assert.Equal(Math.Log(values["Perplexity"]), evaluation.Loss, 3);
        var row = TextModels.Rows(model, "one two three.");
        Assert.Equal(["trois deux un."], Texts(model, row));
        Assert.Equal(["trois deux un."], Texts(model, row, new DecodingOptions { Beam = 3 }));
    }

    [Fact]
    public void ALanguageModelGoesOnWithATextBeyondItsEnd()
    {
        using var model = TextModels.Trained("TransformerLM", 30);
        Assert.True(model.Plan!.IsLanguageModel);
        Assert.Equal(["TokenAccuracy", "Perplexity"],
            Evaluator.Measure(model, TextModels.Lines()).Metrics().Select(pair => pair.Key));
        var rows = TextModels.Rows(model, "un deux", null);
        Assert.All(Texts(model, rows), text => Assert.Matches("^un( deux( trois( quatre( cinq)?)?)?)?!$", text));
        var text = Texts(model, rows, new DecodingOptions { Generate = 40, Temperature = 1, Seed = 3 })[0];
        Assert.StartsWith("un deux", text);
        Assert.True(text.Split('\n').Length > 3, text);
        // Each word, sign and end is one token.
        var count = text.Split('\n').Sum(line => TextWords.Of(line).Count() + 1) - 2;
        Assert.InRange(count, 40, 41);
    }

    [Theory]
    [InlineData("Transformer")]
    [InlineData("LstmSeq2Seq")]
    [InlineData("TransformerLM")]
    public void AModelFileKeepsTokensAndText(string name)
    {
        using var model = TextModels.Trained(name);
        using var files = new DataFiles();
        var path = Path.Combine(files.Folder, "m.dlmodel");
        ModelFile.Save(model, path);
        using var loaded = ModelFile.Load(path);
        Assert.Equal(model.Plan!.Label!.Classes, loaded.Plan!.Label!.Classes);
        Assert.Equal(model.Plan.ToJson().ToJsonString(), loaded.Plan.ToJson().ToJsonString());
        var (rows, again) = (TextModels.Rows(model, "one five."), TextModels.Rows(loaded, "one five."));
        Assert.Equal(Texts(model, rows, new DecodingOptions { Beam = 2 }),
            Texts(loaded, again, new DecodingOptions { Beam = 2 }));
    }

    [Theory]
    [InlineData("Transformer")]
    [InlineData("TransformerLM")]
    public void ATrainingThatIsResumedGivesTheSameTexts(string name)
    {
        using var files = new DataFiles();
        using var whole = TextModels.New(name);
        Train(whole, 4, resume: false, "whole");
        using var begun = TextModels.New(name);
        Train(begun, 2, resume: false, "parts");
        using var resumed = TextModels.New(name);
        Train(resumed, 4, resume: true, "parts");
        Assert.Equal(whole.History.Select(record => record.Loss), resumed.History.Select(record => record.Loss),
            (a, b) => Math.Abs(a - b) < 1e-6);
        var (rows, again) = (TextModels.Rows(whole, "one five."), TextModels.Rows(resumed, "one five."));
        Assert.Equal(Texts(whole, rows), Texts(resumed, again));

        void Train(Model model, int epochs, bool resume, string folder) =>
            new Trainer(model, new TrainingOptions { Epochs = epochs, BatchSize = 16 })
            {
                Checkpoints = new CheckpointOptions(Path.Combine(files.Folder, folder)) { Resume = resume },
            }.Run(name == "Transformer" ? TextModels.Pairs(40) : TextModels.Lines(40)).ToArray();
    }

    /// <summary>The mean of -ln p over the tokens and ends of all texts, as the network gives p.</summary>
    [Fact]
    public void TheLossLeavesPaddingOut()
    {
        using var model = TextModels.Trained("Transformer", 1);
        var data = TextModels.Pairs(6, 3);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var samples = new DeviceData(model.Plan!.Encode(data, withLabel: true), CPU);
        var batch = samples.Range(0, 6);
        var logs = model.Network!.Forward(batch.Inputs, ForwardContext.Inference).log_softmax(-1);
        var (sum, count) = (0.0, 0);
        for (var row = 0; row < 6; row++)
            for (var place = 0; place < logs.shape[1]; place++)
                if (batch.Targets![row, place].ToInt64() is >= 0 and var token)
                    (sum, count) = (sum - logs[row, place, token].ToDouble(), count + 1);
        Assert.True(count < 6 * logs.shape[1]);
        var output = model.Network.Forward(batch.Inputs, ForwardContext.Inference);
        Assert.Equal(sum / count, model.Loss!.Compute(output, batch.Targets!, null, null).ToDouble(), 4);
        Assert.Equal(sum / count, Evaluator.Measure(model, data, metrics: [new Perplexity()]).Loss, 4);
    }

    [Fact]
    public void AnUnknownWordIsMarked()
    {
        using var model = TextModels.Trained("Transformer", 1);
        var predictions = Predictor.Predict(model, TextModels.Rows(model, "one two.", "one zebra."));
        Assert.Equal([null, "English"], predictions.Select(prediction => prediction.Unfamiliar));
        Assert.All(predictions, prediction => Assert.True(prediction.IsChecked));
    }

    [Theory]
    [InlineData("Transformer", "NotALanguageModel", 1, null, 5)]
    [InlineData("Transformer", "BeamOrDraw", 2, 0.5, null)]
    [InlineData("TransformerLM", "BeamOrDraw", 2, null, 5)]
    public void OptionsThatDoNotFitAreRefused(string name, string id, int beam, double? temperature, int? generate)
    {
        using var model = TextModels.Trained(name, 1);
        var options = new DecodingOptions { Beam = beam, Temperature = temperature, Generate = generate };
        Assert.Equal(id, Assert.Throws<DlException>(() => Texts(model, TextModels.Rows(model, "un"), options)).Id);
        Assert.Equal("InvalidLength", Assert.Throws<DlException>(() =>
            Texts(model, TextModels.Rows(model, "un"), new DecodingOptions { MaxLength = 1000 })).Id);
    }

    [Fact]
    public void AClassifierProducesNoText()
    {
        using var model = new Model([new Dense { Units = 2 }]);
        new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(Sets.Sides(4, 4)).Last();
        Assert.Equal("NotATextModel", Assert.Throws<DlException>(() =>
            new PredictionOptions { Decoding = new DecodingOptions { Beam = 4 } }.Check(model)).Id);
        using var reader = new Model([new Embedding { Features = 4 }, new LSTM { Units = 4 }, new Dense { Units = 3 }]);
        Assert.Equal("NoDecoder", Assert.Throws<DlException>(() =>
            new Trainer(reader, new TrainingOptions { Epochs = 1 }).Run(TextModels.Pairs()).Last()).Id);
    }
}
