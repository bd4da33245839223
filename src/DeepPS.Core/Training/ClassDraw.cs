using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>Draws samples with replacement so that classes come equally often: of each draw first the class, then a sample of it.</summary>
internal sealed class ClassDraw
{
    private readonly int[] rows;
    private readonly int[] starts;

    /// <summary>Sorts samples by class.</summary>
    /// <param name="classes">The class number of each sample; numbers that no sample has are not drawn.</param>
    public ClassDraw(ReadOnlySpan<long> classes)
    {
        var keys = classes.ToArray();
        rows = Enumerable.Range(0, keys.Length).ToArray();
        Array.Sort(keys, rows);
        starts = Enumerable.Range(0, keys.Length).Where(i => i == 0 || keys[i] != keys[i - 1]).Append(keys.Length).ToArray();
    }

    /// <summary>What a training draws its samples with; null: each comes once an epoch.</summary>
    /// <exception cref="DlException"><c>InvalidSampling</c>: samples have no classes, or their order is fixed.</exception>
    public static ClassDraw? Of(TrainingOptions options, DataPlan plan, Dataset training)
    {
        if (options.Sampling is Sampling.Each)
            return null;
        if (plan.Label is not { Kind: LabelKind.Class, Shape.Rank: 0 } label)
            throw Invalid($"one class a row; label '{plan.Label!.Name}' is {plan.Label.Description}", plan.Label.Name);
        if (!options.Shuffle)
            throw Invalid("samples in an order of each epoch's own; they are to stay in theirs", options.Shuffle);
        if (options.Optimizer is NormalEquation)
            throw Invalid("an optimizer that takes steps; NormalEquation looks at every sample once", options.Optimizer);
        return new ClassDraw((long[])label.Encode([plan.Usable(training, withLabel: true, null).Kept.Find(label.Name)!]));
    }

    /// <summary>The numbers of so many samples, in the order in which they are drawn; int64, on the processor.</summary>
    public long[] Take(int count, Generator random)
    {
        using var scope = NewDisposeScope();
        var chances = empty(new[] { 2L * count }, ScalarType.Float64).uniform_(0, 1, random).data<double>().ToArray();
        var drawn = new long[count];
        for (var i = 0; i < count; i++)
        {
            var number = (int)(chances[2 * i] * (starts.Length - 1));
            drawn[i] = rows[starts[number] + (int)(chances[2 * i + 1] * (starts[number + 1] - starts[number]))];
        }

        return drawn;
    }

    private static DlException Invalid(string wants, object target) => new("InvalidSampling", DlErrorKind.InvalidArgument,
        $"Sampling Balanced wants {wants}. Leave the sampling out.", target);
}
