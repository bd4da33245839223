using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>The values in a model file, as <see cref="CodedWeights"/> writes them. A pruned weight and its mask take at
/// most 16 times as many numbers as its mask has bytes in the file.</summary>
internal sealed class StoredWeights
{
    private readonly SafeTensorsFile file;
    private readonly Dictionary<string, Shape> sparse;

    /// <param name="file">The file.</param>
    /// <param name="json">The model's JSON.</param>
    /// <exception cref="InvalidDataException">A pruned weight does not have the bits of its mask.</exception>
    public StoredWeights(SafeTensorsFile file, JsonObject json)
    {
        this.file = file;
        sparse = json.ContainsKey(CodedWeights.Sparse)
            ? json.Fields(CodedWeights.Sparse).ToDictionary(pair => pair.Key, pair => ShapeJson.Read(pair.Value
                ?? throw new InvalidDataException($"the shape of '{pair.Key}' is missing"))) : [];
        foreach (var (name, shape) in sparse)
            if (file.SizesOf(name + Parameter.MaskSuffix) is not [var bytes] || bytes != (shape.Size + 7) / 8
                || file.SizesOf(name) is not [_])
                throw new InvalidDataException($"the mask of '{name}' does not fit its shape {shape}");
    }

    /// <summary>The sizes of a value; null if there is none of that name.</summary>
    public IReadOnlyList<long>? SizesOf(string name) =>
        SparseOf(name) is { } shape ? shape.ToArray() : file.SizesOf(name);

    /// <summary>Reads a value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scope">Frees it.</param>
    /// <exception cref="InvalidDataException">There is none of that name, or its parts do not fit.</exception>
    public Tensor Read(string name, DisposeScope scope)
    {
        if (SparseOf(name) is { } shape)
            return name.EndsWith(Parameter.MaskSuffix, StringComparison.Ordinal) && !sparse.ContainsKey(name)
                ? Mask(name, shape, scope) : Scaled(name, Expanded(name, shape, scope), scope);
        return Scaled(name, Part(name, scope), scope);
    }

    private Tensor Part(string name, DisposeScope scope)
    {
        var part = file.Read(name);
        scope.Attach(part);
        return part;
    }

    private Shape? SparseOf(string name) => sparse.GetValueOrDefault(name)
        ?? (name.EndsWith(Parameter.MaskSuffix, StringComparison.Ordinal)
            ? sparse.GetValueOrDefault(name[..^Parameter.MaskSuffix.Length]) : null);

    private Tensor Mask(string name, Shape shape, DisposeScope scope)
    {
        var stored = Part(name, scope);
        if (stored.dtype != ScalarType.Byte)
            throw new InvalidDataException($"'{name}' has no bits");
        var bits = stored.bytes;
        var places = new bool[shape.Size];
        for (var i = 0; i < places.Length; i++)
            places[i] = (bits[i / 8] >> (i % 8) & 1) == 1;
        return tensor(places).reshape(shape.ToArray());
    }

    private Tensor Expanded(string name, Shape shape, DisposeScope scope)
    {
        var values = Part(name, scope);
        var mask = Mask(name + Parameter.MaskSuffix, shape, scope);
        if (mask.sum().ToInt64() != values.numel())
            throw new InvalidDataException(
                $"'{name}' has {values.numel():N0} values, and its mask keeps another number");
        return zeros(shape.ToArray(), values.dtype).masked_scatter_(mask, values);
    }

    private Tensor Scaled(string name, Tensor value, DisposeScope scope)
    {
        if (value.dtype != ScalarType.Int8)
            return value;
        var scale = Part(name + CodedWeights.Scale, scope);
        return scale.dtype == ScalarType.Float32 && scale.shape.Length == value.shape.Length
            && scale.shape.Zip(value.shape).All(size => size.First == 1 || size.First == size.Second)
            ? value.to(ScalarType.Float32).mul(scale)
            : throw new InvalidDataException($"the scale of '{name}' does not fit it");
    }
}
