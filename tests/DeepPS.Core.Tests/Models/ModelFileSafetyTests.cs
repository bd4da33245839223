using System.Buffers.Binary;
using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Tests;

/// <summary>What a model file may not do: be changed unseen, or ask for more memory than it has bytes.</summary>
public sealed class ModelFileSafetyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("deepps model tests ").FullName;

    private string File => Path.Combine(folder, "a model.dlmodel");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void TheHeaderIsThatOfTheFormat()
    {
        var bytes = Save(new Dense { Units = 2 });
        var size = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var header = JsonNode.Parse(bytes.AsSpan(8, size))!.AsObject();
        Assert.All(header["__metadata__"]!.AsObject(), pair => Assert.IsType<string>((string)pair.Value!));
        var ends = header.Where(pair => pair.Key != "__metadata__")
            .Select(pair => (From: (long)pair.Value!["data_offsets"]![0]!, To: (long)pair.Value["data_offsets"]![1]!))
            .Order().ToArray();
        Assert.Equal(0, ends[0].From);
        Assert.Equal(ends.SkipLast(1).Select(end => end.To), ends.Skip(1).Select(end => end.From));
        Assert.Equal(bytes.Length, 8 + size + ends[^1].To);
    }

    [Fact]
    public void AFileThatLostItsChecksumIsDamaged()
    {
        var bytes = Save(new Dense { Units = 2 });
        Assert.Contains("checksum is missing", Refused(TensorFileText.WithHeader(bytes,
            text => text.Replace(SafeTensors.HashKey + "\":\"", "deepps-sha257\":\""))));
    }

    /// <summary>If memory were taken first, the error would be that there is not enough.</summary>
    [Theory]
    [InlineData("Conv2d", "Filters", "weight")]
    [InlineData("Dense", "Units", "weight")]
    [InlineData("LSTM", "Units", "weight_ih_l0")]
    [InlineData("GRU", "Units", "weight_ih_l0")]
    [InlineData("RNN", "Units", "weight_ih_l0")]
    [InlineData("LSTM", "Layers", "weight_ih_l1")]
    [InlineData("Embedding", "Tokens", "weight")]
    public void SizesAreComparedBeforeMemoryIsTaken(string type, string setting, string parameter)
    {
        Layer layer = type switch
        {
            "Conv2d" => new Conv2d { Filters = 2, KernelSize = 1 },
            "LSTM" => new LSTM { Units = 2 },
            "GRU" => new GRU { Units = 2 },
            "RNN" => new RNN { Units = 2 },
            "Embedding" => new Embedding { Tokens = 3, Features = 2 },
            _ => new Dense { Units = 2 },
        };
        var shape = type == "Conv2d" ? new Shape(1, 3, 3)
            : type is "Dense" or "Embedding" ? new Shape(5) : new Shape(5, 3);
        var bytes = Save(layer, shape);
        var message = Refused(Changed(bytes, json => json["layers"]![0]![setting] = 2_000_000_000));
        Assert.Contains($"{parameter}'", message);
    }

    [Fact]
    public void InputsAreComparedBeforeMemoryIsTaken()
    {
        var bytes = Save(new BatchNorm(), new Shape(5));
        Assert.Contains("'batchnorm1.weight' is 5, but its layer needs 1000000000000", Refused(Changed(bytes,
            json => json["inputs"]![0]!["shape"] = new JsonArray(1_000_000_000_000))));
        Assert.Contains("a shape of fewer numbers", Refused(Changed(bytes,
            json => json["inputs"]![0]!["shape"] = new JsonArray(long.MaxValue, long.MaxValue))));
        Assert.Contains("'inputs[0].shape[0]' must be a whole number of 1 or more; got -5", Refused(Changed(bytes,
            json => json["inputs"]![0]!["shape"] = new JsonArray(-5))));
    }

    /// <summary>A small file whose tensors all claim the same bytes would take more memory than it has.</summary>
    [Fact]
    public void TensorsDoNotShareBytes()
    {
        var bytes = Save(new Dense { Units = 2 });
        Assert.Contains("begin at byte", Refused(TensorFileText.WithHeader(bytes, text =>
        {
            var header = JsonNode.Parse(text)!;
            header["more"] = header["dense1.weight"]!.DeepClone();
            return header.ToJsonString();
        })));
    }

    [Fact]
    public void JsonIsNotTooDeepAndHasEachNameOnce()
    {
        var bytes = Save(new Dense { Units = 2 });
        Assert.Contains("levels deep", Refused(TensorFileText.WithMetadata(bytes, "deepps",
            text => text[..^1] + ",\"more\":" + new string('[', 5000) + new string(']', 5000) + "}")));
        Assert.Contains("name twice", Refused(TensorFileText.WithMetadata(bytes, "deepps",
            text => text[..^1] + ",\"seed\":1}")));
    }

    /// <summary>Layers inside layers may be deeper than .NET writes JSON by default.</summary>
    [Fact]
    public void DeepModelsComeBack()
    {
        var layer = Nested(60);
        Save(layer);
        using var loaded = ModelFile.Load(File);
        Assert.Equal(layer, loaded.Layers[0] with { Name = null });
        Assert.Equal("NestedTooDeep", Assert.Throws<DlException>(() => Save(Nested(300))).Id);

        static Layer Nested(int depth) => Enumerable.Range(0, depth)
            .Aggregate((Layer)new Dense { Units = 8 }, (inside, _) => new Sequential { Body = new(inside) });
    }

    private byte[] Save(Layer layer, Shape? shape = null)
    {
        using var model = new Model([layer], shape ?? new Shape(8));
        ModelFile.Save(model, File);
        return System.IO.File.ReadAllBytes(File);
    }

    private static byte[] Changed(byte[] file, Action<JsonNode> change) =>
        TensorFileText.WithMetadata(file, "deepps", text =>
        {
            var json = JsonNode.Parse(text)!;
            change(json);
            return json.ToJsonString();
        });

    private string Refused(byte[] bytes)
    {
        System.IO.File.WriteAllBytes(File, bytes);
        var error = Assert.Throws<DlException>(() => ModelFile.Load(File));
        Assert.Equal("ModelFileDamaged", error.Id);
        return error.Message;
    }
}
