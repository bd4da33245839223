using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Networks;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Numbers that a network's output is differentiated by: an input, or the learned vectors of an input of
/// tokens or of a coded column, which have a gradient where ids have none.</summary>
/// <param name="Input">The place of the input among those of the network.</param>
/// <param name="Plan">The plan of the input.</param>
/// <param name="Weight">The name of the weight that holds the vectors; null for the input itself.</param>
/// <param name="Column">The place of a coded column in the input's row; null for other leaves.</param>
internal sealed record ExplainedLeaf(int Input, InputPlan Plan, string? Weight = null, int? Column = null)
{
    /// <summary>Whether its numbers are pixels.</summary>
    public bool IsImage => Weight is null && Plan.IsImage;

    /// <summary>The leaves of a network.</summary>
    /// <exception cref="DlException"><c>NoGradient</c>: an input of tokens is not read by an embedding
    /// alone.</exception>
    public static IReadOnlyList<ExplainedLeaf> Of(Network network, DataPlan plan)
    {
        var leaves = new List<ExplainedLeaf>();
        foreach (var (place, input) in plan.InputPlans.Index())
        {
            if (input.Levels is not null)
            {
                leaves.Add(new ExplainedLeaf(place, input, Embedded(network, place, input)));
                continue;
            }

            leaves.Add(new ExplainedLeaf(place, input));
            var numbers = (int)input.Shape.Size - input.Coded.Count();
            foreach (var (i, column) in input.Coded.Index())
                leaves.Add(new ExplainedLeaf(place, input, $"{NetworkInput.DefaultName}.{column.Name}.weight",
                    numbers + i));
        }

        return leaves;
    }

    /// <summary>The numbers of a batch.</summary>
    public Tensor Of(Network network, IReadOnlyList<Tensor> inputs)
    {
        if (Weight is null)
            return inputs[Input].detach();
        var weight = network.Parameters.First(parameter => parameter.Name == Weight).Value.detach();
        var ids = (Column is { } column ? inputs[Input].select(1, column) : inputs[Input]).to(ScalarType.Int64);
        return weight.index_select(0, ids.reshape(-1)).reshape([.. ids.shape, weight.shape[1]]);
    }

    /// <summary>The numbers that stand for nothing: black pixels, the mean of standardised numbers, vectors of
    /// zeros.</summary>
    public Tensor Baseline(Tensor values, IReadOnlyList<Tensor> inputs)
    {
        var zero = zeros_like(values);
        if (IsImage && Plan.Scale is { } scale)
            return zero.add(tensor(scale.Shifts, device: values.device).reshape(scale.Sizes));
        var coded = Plan.Coded.Count();
        if (Weight is null && coded > 0)
            zero.narrow(1, values.shape[1] - coded, coded).copy_(
                inputs[Input].narrow(1, values.shape[1] - coded, coded));
        return zero;
    }

    private static string Embedded(Network network, int place, InputPlan input)
    {
        var readers = network.Nodes.Where(node => node.Inputs.Contains(-1 - place) && node.Layer is Embedding
            ).Select(node => node.Layer.ShareWith ?? node.Name).Distinct().ToArray();
        return readers is [var name] ? $"{name}.weight" : throw new DlException("NoGradient",
            DlErrorKind.InvalidArgument,
            $"The tokens of input '{input.Name}' have a gradient only through one Embedding layer that reads them; "
            + $"the model has {readers.Length}. Use a model that begins with an Embedding.", input.Name);
    }
}
