using System.Text;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;

namespace DeepPS.Tests;

public sealed class ModelFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("deepps model tests ").FullName;

    private string File => Path.Combine(folder, "a model.dlmodel");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void AModelComesBackAsItWas()
    {
        var data = new Blobs { Count = 120, Centers = 3 }.Generate(2);
        using var model = new Model([
            new Dense { Units = 8, Activation = new LeakyReLU { NegativeSlope = 0.2 }, Name = "first" },
            new BatchNorm(),
            new Dropout(),
            new Dense { Units = 3 },
        ], name: "blobs", seed: 4);
        new Trainer(model, new TrainingOptions { Epochs = 3 }).Run(data).Last();
        ModelFile.Save(model, File);
        using var loaded = ModelFile.Load(File);

        Assert.Equal(model.Name, loaded.Name);
        Assert.Equal(model.Layers, loaded.Layers);
        Assert.Equal(model.Loss, loaded.Loss);
        Assert.Equal(model.History.Select(r => r.ToString()), loaded.History.Select(r => r.ToString()));
        Assert.Equal(model.Network!.State.Select(p => p.Name), loaded.Network!.State.Select(p => p.Name));
        foreach (var (a, b) in model.Network.State.Zip(loaded.Network.State))
            Assert.True(a.Value.bytes.SequenceEqual(b.Value.bytes), a.Name);
        Assert.Equal(Predictor.Predict(model, data), Predictor.Predict(loaded, data));
        Assert.Equal(4, new Trainer(loaded, new TrainingOptions { Epochs = 1 }).Run(data).Single().Epoch);
    }

    /// <summary>
    /// Everything in a graph: names, inputs, training settings, nested layers, shared parameters, heads.
    /// </summary>
    [Fact]
    public void AGraphComesBackAsItWas()
    {
        var data = new Blobs { Count = 120, Centers = 3 }.Generate(2);
        using var model = new Model([
            new Dense { Units = 4, Name = "a", LearningRate = 0.01, WeightDecay = 0.1 },
            new Residual
            {
                Body = new(new Dense { Units = 4, Name = "inner", Frozen = true }, new BatchNorm()),
                Activation = new ReLU(),
            },
            new Dense
            {
                Units = 3,
                Name = "head",
                OutputWeight = 0.5,
                OutputLoss = new CrossEntropy { LabelSmoothing = 0.1 },
            },
            new Dense { Units = 4, Name = "c", From = ["residual1"], Frozen = true },
            new Dense { Units = 4, ShareWith = "c" },
            new ParallelLayer { Branches = [new(new Dense { Units = 2 }), new()] },
            new Dense { Units = 3 },
        ], seed: 4);
        new Trainer(model, new TrainingOptions { Epochs = 2 }).Run(data).Last();
        ModelFile.Save(model, File);
        using var loaded = ModelFile.Load(File);

        Assert.Equal(model.Layers.Select(layer => ItemJson.Write(layer).ToJsonString()),
            loaded.Layers.Select(layer => ItemJson.Write(layer).ToJsonString()));
        Assert.Equal(model.Summary(), loaded.Summary());
        Assert.Equal(model.Network!.Heads.Select(head => head.Name), loaded.Network!.Heads.Select(head => head.Name));
        Assert.Equal(model.Network.Parameters.Select(p => (p.Name, p.Frozen, p.LearningRate, p.WeightDecay)),
            loaded.Network.Parameters.Select(p => (p.Name, p.Frozen, p.LearningRate, p.WeightDecay)));
        foreach (var (a, b) in model.Network.State.Zip(loaded.Network.State))
            Assert.True(a.Value.bytes.SequenceEqual(b.Value.bytes), a.Name);
        Assert.Equal(Predictor.Predict(model, data), Predictor.Predict(loaded, data));
    }

    [Fact]
    public void AnyFileCutShortIsSaidToBeDamaged()
    {
        Save();
        var whole = System.IO.File.ReadAllBytes(File);
        foreach (var length in new[] { 0, 5, 8, 60, whole.Length / 2, whole.Length - 1 })
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            var error = Assert.Throws<DlException>(() => ModelFile.Load(File));
            Assert.Equal("ModelFileDamaged", error.Id);
            Assert.Equal(File, error.Target);
        }
    }

    [Fact]
    public void AFileOfANewerReleaseIsRefused()
    {
        Save();
        System.IO.File.WriteAllBytes(File, TensorFileText.WithMetadata(System.IO.File.ReadAllBytes(File), "deepps",
            text => text.Replace("\"version\":3", "\"version\":9")));
        Assert.Equal("ModelFileVersion", Assert.Throws<DlException>(() => ModelFile.Load(File)).Id);
    }

    [Fact]
    public void OtherFilesAreNoModels()
    {
        Assert.Equal("FileNotFound", Assert.Throws<DlException>(() => ModelFile.Load(File)).Id);
        System.IO.File.WriteAllText(File, "Id,Name\n1,a\n2,b\n3,c\n");
        Assert.Equal("ModelFileDamaged", Assert.Throws<DlException>(() => ModelFile.Load(File)).Id);
        var header = Encoding.UTF8.GetBytes("{}      ");
        System.IO.File.WriteAllBytes(File, [8, 0, 0, 0, 0, 0, 0, 0, .. header]);
        Assert.Equal("NotAModelFile", Assert.Throws<DlException>(() => ModelFile.Load(File)).Id);
    }

    [Fact]
    public void AFailedSaveLeavesTheOldFileAndNothingElse()
    {
        System.IO.File.WriteAllText(File, "old");
        using var model = new Model([new Dense { Units = 2 }]);
        Assert.Equal("ModelNotBound", Assert.Throws<DlException>(() => ModelFile.Save(model, File)).Id);
        Assert.Throws<IOException>(() => AtomicFile.Write(File, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("the disk is full");
        }));
        Assert.Equal("old", System.IO.File.ReadAllText(File));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void AnUntrainedModelCannotBeMeasured()
    {
        using var model = new Model([new Dense { Units = 2 }], new Shape(8));
        var error = Assert.Throws<DlException>(() => Evaluator.Measure(model, Sets.Noise(10, 1)));
        Assert.Equal("ModelNotTrained", error.Id);
    }

    [Fact]
    public void EveryCatalogItemComesBackFromJson()
    {
        foreach (var entry in CatalogIndex.Get().Where(e => e.Settings.All(s => !s.Required)))
        {
            var item = entry.Create([]);
            var json = ItemJson.Write(item);
            Assert.Equal(["type"], json.Select(pair => pair.Key));
            var read = ItemJson.Read(entry.Kind, json);
            Assert.All(entry.Settings, setting => Assert.Equal(setting.Get(item), setting.Get(read)));
        }
    }

    private void Save()
    {
        using var model = new Model([new Dense { Units = 2 }], new Shape(8));
        ModelFile.Save(model, File);
    }
}
