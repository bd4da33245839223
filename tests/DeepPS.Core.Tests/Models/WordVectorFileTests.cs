using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Tests;

public sealed class WordVectorFileTests : IDisposable
{
    private readonly DataFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("3 2\nking 1 0.5\nqueen 0.9 0.6\nfish -1 2\n")]
    [InlineData("king 1 0.5\r\nqueen 0.9 0.6\r\nfish -1 2")]
    public void AFileOfVectorsBecomesAModelAndAFileAgain(string text)
    {
        using var model = WordVectorFile.Read(files.Write("words.vec", text));
        var words = WordVectors.Of(model);
        Assert.Equal(["king", "queen", "fish"], words.Words);
        var found = words.Find(["king"], [], 5);
        Assert.Equal(["queen", "fish"], found.Select(word => word.Word));
        Assert.Equal(1.2 / Math.Sqrt(1.25 * 1.17), found[0].Similarity, 1e-6);
        var again = Path.Combine(files.Folder, "again.vec");
        words.Save(again);
        Assert.Equal("3 2\nking 1 0.5\nqueen 0.9 0.6\nfish -1 2\n", File.ReadAllText(again));
        var file = Path.Combine(files.Folder, "words.dlmodel");
        ModelFile.Save(model, file);
        using var read = ModelFile.Load(file);
        Assert.Equal(found, WordVectors.Of(read).Find(["king"], [], 5));
    }

    [Fact]
    public void AnalogiesLeaveOutTheirWords()
    {
        using var model = WordVectorFile.Read(files.Write("a.vec",
            "man 1 0 0\nwoman 1 1 0\nking 1 0 1\nqueen 1 1 1\nfish -1 0 0.2\n"));
        Assert.Equal("queen", WordVectors.Of(model).Find(["king", "woman"], ["man"], 1).Single().Word);
        Assert.Equal("queen", WordVectors.Of(model).Find(["KING", "Woman"], ["man"], 1).Single().Word);
        var error = DataFiles.Fails("UnknownWord", () => WordVectors.Of(model).Find(["womam"], [], 1));
        Assert.Contains("Did you mean woman", error.Message);
        error = DataFiles.Fails("UnknownWord", () => WordVectors.Of(model).Find(["zzzzzzzz"], [], 1));
        Assert.Contains("5 words", error.Message);
    }

    [Fact]
    public void VectorsOfWordsBeginAnEmbedding()
    {
        using var vectors = WordVectorFile.Read(files.Write("a.vec", "king 1 0.5\nqueen 0.9 0.6\nfish -1 2\n"));
        var data = new Dataset("text",
            [
                new CategoryColumn("Text", [0, 1, 0, 1], ["the fish swims", "a Queen"])
                    .With(new ColumnSettings { Kind = ColumnKind.Text }),
                new CategoryColumn("y", [0, 1, 0, 1], ["a", "b"]),
            ], "y");
        var plan = DataPlan.Fit(data);
        using var model = new Model([new Embedding { Weights = PretrainedWeights.FromSetting(vectors) },
            new SequenceMean { From = ["embedding1", "input"] }, new Dense { Units = 2 }], plan.Inputs);
        var names = plan.Inputs[0].Names;
        var rows = model.Network!.Parameters[0].Value.detach().data<float>().ToArray().Chunk(2).ToArray();
        Assert.Equal([0, 0], rows[0]);
        Assert.Equal([-1, 2], Row("fish"));
        Assert.Equal([0.9f, 0.6f], Row("queen"));
        Assert.All(Row("swims"), value => Assert.True(float.IsFinite(value) && value != 0));

        float[] Row(string word) => rows[plan.Inputs[0].FirstName + names.Index()
            .First(pair => pair.Item.Equals(word, StringComparison.OrdinalIgnoreCase)).Index];
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("2 2\na 1 2\nb 1\n", "line 3")]
    [InlineData("a 1 x\n", "'x'")]
    [InlineData("a 1 NaN\n", "'NaN'")]
    [InlineData("a\n", "0 numbers")]
    [InlineData("a 1\na 2\n", "'a' twice")]
    public void OtherFilesAreRefused(string text, string says) => Assert.Contains(says,
        DataFiles.Fails("InvalidVectors", () => WordVectorFile.Read(files.Write("bad.vec", text))).Message);
}
