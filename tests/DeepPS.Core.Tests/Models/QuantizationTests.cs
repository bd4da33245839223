using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using TorchSharp;
using static DeepPS.Tests.Compressible;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public sealed class QuantizationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("deepps int8 ").FullName;

    private string File => Path.Combine(folder, "a.dlmodel");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Each weight is at most half a step away, a 127th of the largest of its row; all else is as it was.
    /// </summary>
    [Fact]
    public void WeightsComeBackWithinHalfAStepOfTheirRow()
    {
        using var scope = NewDisposeScope();
        using var model = Trained(new Dense { Units = 20, Name = "wide", Activation = new PReLU() }, new BatchNorm(),
            new Reshape { Shape = new Shape(5, 4) }, new LSTM { Units = 8 });
        using (no_grad())
            Value(model, "wide.weight")[1].zero_();
        ModelFile.Save(model, File, Quantization.Int8);
        using var loaded = ModelFile.Load(File);
        foreach (var (a, b) in model.Network!.State.Zip(loaded.Network!.State))
        {
            Assert.Equal((a.Name, a.Value.dtype), (b.Name, b.Value.dtype));
            if (a.Shape.Rank < 2)
            {
                Assert.True(a.Value.bytes.SequenceEqual(b.Value.bytes), a.Name);
                continue;
            }

            var step = a.Value.abs().amax([1], keepdim: true).div(127);
            var distance = a.Value.sub(b.Value).abs();
            Assert.True(distance.le(step.mul(0.5001)).all().ToBoolean(), a.Name);
            Assert.True(distance.max().ToDouble() > 0, a.Name);
        }

        Assert.Equal(Accuracy(model), Accuracy(loaded), 0.02);
    }

    /// <summary>What has been rounded once is rounded to itself.</summary>
    [Fact]
    public void ASecondRoundingChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var model = Trained(new Dense { Units = 20 });
        ModelFile.Save(model, File, Quantization.Int8);
        using var once = ModelFile.Load(File);
        ModelFile.Save(once, File, Quantization.Int8);
        using var twice = ModelFile.Load(File);
        foreach (var (a, b) in once.Network!.State.Zip(twice.Network!.State))
            Assert.True(a.Value.allclose(b.Value, 1e-6, 1e-9), a.Name);
    }

    [Fact]
    public void TheFileIsAQuarter()
    {
        using var model = Trained(new Dense { Units = 1000 }, new Dense { Units = 300 });
        var whole = Size(Quantization.None);
        Assert.InRange(Size(Quantization.Int8), 0.2 * whole, 0.28 * whole);
        using var pruned = ModelCompressor.Compress(model, new Pruning(0.9)).Model;
        Assert.InRange(Size(Quantization.None, pruned), 0.1 * whole, 0.16 * whole);
        Assert.InRange(Size(Quantization.Int8, pruned), 0.05 * whole, 0.09 * whole);
        using var loaded = ModelFile.Load(File);
        using var scope = NewDisposeScope();
        Assert.Equal(pruned.Network!.Parameters[0].Mask!.Value.sum().ToInt64(),
            loaded.Network!.Parameters[0].Mask!.Value.sum().ToInt64());
        Assert.True(Error(Outputs(pruned), Outputs(loaded)) < 0.03);

        long Size(Quantization quantize, Model? other = null)
        {
            ModelFile.Save(other ?? model, File, quantize);
            return new FileInfo(File).Length;
        }
    }

    /// <summary>An earlier release reads a plain file, and refuses what it would read wrongly.</summary>
    [Fact]
    public void OnlyCodedFilesHaveTheNewVersion()
    {
        using var model = Trained(new Dense { Units = 20 });
        using var pruned = ModelCompressor.Compress(model, new Pruning(0.5)).Model;
        Assert.Contains("\"version\":3", Json(model, Quantization.None));
        Assert.Contains("\"version\":4", Json(model, Quantization.Int8));
        Assert.Contains("\"version\":4", Json(pruned, Quantization.None));

        string Json(Model saved, Quantization quantize)
        {
            ModelFile.Save(saved, File, quantize);
            var found = "";
            TensorFileText.WithMetadata(System.IO.File.ReadAllBytes(File), "deepps", text => found = text);
            return found;
        }
    }
}
