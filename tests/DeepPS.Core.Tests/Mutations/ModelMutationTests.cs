using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;
using Xunit.Abstractions;

namespace DeepPS.Tests;

/// <summary>
/// Damaged and forged model files give a model or an error of ours that says what is wrong in our words, and take no
/// more memory than they have bytes. DEEPPS_MUTATIONS sets how many are tried.
/// </summary>
public sealed class ModelMutationTests(ITestOutputHelper output) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("deepps-mutations-").FullName;

    private string File => Path.Combine(folder, "a.dlmodel");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void DamagedBytesOfANewFileAreAlwaysFound()
    {
        var random = new Random(1);
        var files = new[] { New(), Coded() };
        for (var i = 0; i < Mutation.Count; i++)
        {
            var whole = files[i % 2];
            var bytes = Mutation.Bytes(whole, random);
            if (!bytes.AsSpan().SequenceEqual(whole))
                Assert.NotNull(Load(bytes));
        }
    }

    [Fact]
    public void EachFlippedBitIsFound()
    {
        var random = new Random(2);
        var files = new[] { New(), Coded() };
        for (var i = 0; i < Mutation.Count; i++)
        {
            var bytes = files[i % 2].ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            Assert.NotNull(Load(bytes));
        }
    }

    [Fact]
    public void DamagedBytesOfAnEarlierFile() => Try(3, (seed, random) => Mutation.Bytes(seed, random), Earlier());

    [Fact]
    public void ForgedHeaders() => Try(4, (seed, random) =>
        TensorFileText.WithHeader(seed, text => Mutation.Json(text, random)), [New(), Coded(), .. Earlier()]);

    [Fact]
    public void ForgedModels() => Try(5, (seed, random) =>
        TensorFileText.WithMetadata(seed, "deepps", text => Mutation.Json(text, random)),
        [New(), Coded(), .. Earlier()]);

    private void Try(int seed, Func<byte[], Random, byte[]> mutate, byte[][] files)
    {
        var random = new Random(seed);
        var outcomes = new Outcomes();
        for (var i = 0; i < Mutation.Count; i++)
        {
            System.IO.File.WriteAllBytes(File, mutate(files[i % files.Length], random));
            outcomes.Try(() => Use(new FileInfo(File).Length));
        }

        outcomes.Check(output);
    }

    /// <summary>Loads the file, and uses its model on data that it may or may not like.</summary>
    private void Use(long length)
    {
        using var model = ModelFile.Load(File);
        // A pruned weight and its mask have a bit for each place.
        var most = model.Network!.Parameters.Any(parameter => parameter.Mask is not null) ? 16 : 1;
        Assert.InRange(model.Network!.State.Sum(parameter => parameter.Size), 0, most * length);
        if (model.Plan is { } plan)
            Predict(model, plan);
    }

    /// <summary>The error of a file; null if it is loaded.</summary>
    private DlException? Load(byte[] bytes)
    {
        System.IO.File.WriteAllBytes(File, bytes);
        try
        {
            ModelFile.Load(File).Dispose();
            return null;
        }
        catch (DlException e)
        {
            return e;
        }
    }

    private static void Predict(Model model, DataPlan plan)
    {
        var row = plan.Columns.ToDictionary(
            column => column.Name, object? (_) => "1", StringComparer.OrdinalIgnoreCase);
        if (plan.Series is null)
            Predictor.Predict(model, plan.Rows([row, row]));
    }

    /// <summary>A file of pruned and quantized weights.</summary>
    private byte[] Coded()
    {
        New();
        using var model = ModelFile.Load(File);
        using var pruned = ModelCompressor.Compress(model, new Pruning(0.8), ["first", "lstm1"]).Model;
        ModelFile.Save(pruned, File, Quantization.Int8);
        return System.IO.File.ReadAllBytes(File);
    }

    private byte[] New()
    {
        var data = new Blobs { Count = 30, Centers = 3 }.Generate(2);
        using var model = new Model([
            new Dense { Units = 8, Name = "first", Activation = new LeakyReLU { NegativeSlope = 0.2 } },
            new BatchNorm(),
            new Residual { Body = new(new Dense { Units = 8 }), Activation = new ReLU() },
            new Reshape { Shape = new Shape(4, 2) }, new PositionalEncoding(), new LSTM { Units = 4 },
            new Dense { Units = 3 },
        ], name: "new", seed: 4);
        new Trainer(model, new TrainingOptions { Epochs = 2 }).Run(data).Last();
        ModelFile.Save(model, File);
        return System.IO.File.ReadAllBytes(File);
    }

    private static byte[][] Earlier() => Directory.GetFiles(
            Path.Combine(Repository.Root!.FullName, "tests", "Module", "earlier"), "*.dlmodel").Order()
        .Select(System.IO.File.ReadAllBytes).ToArray();
}
