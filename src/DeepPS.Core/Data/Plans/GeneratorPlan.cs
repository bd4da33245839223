using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// The data plan of a generator: its input is the random numbers, and the class of a sample if it has one; its label is
/// the sample, in the unit of the data.
/// </summary>
public static class GeneratorPlan
{
    /// <summary>The column of random numbers.</summary>
    public const string Code = "Code";

    /// <summary>The plan of a generator that makes samples like those of a dataset.</summary>
    /// <param name="data">
    /// The plan of the dataset: one input of images, arrays or numbers, see <see cref="OfSamples"/>.
    /// </param>
    /// <param name="codeSize">The number of random numbers.</param>
    /// <param name="conditional">Whether the class of a sample is an input.</param>
    /// <param name="symmetric">Whether the generator makes numbers from -1 to 1 for those from 0 to 1.</param>
    internal static DataPlan Of(DataPlan data, int codeSize, bool conditional, bool symmetric)
    {
        var code = new TensorEncoder(new Shape(codeSize));
        var columns = new List<ColumnPlan> { Input(Code, code, "random numbers") };
        if (conditional)
            columns.Add(Input(data.Label!.Name, new CategoryEncoder(
                new KnownLevels([.. data.Label.Classes], 0), null, false), "the class"));
        var parts = data.InputColumns.Select(column => column.Encoding is NumberEncoder { Unit: var (mean, scale) }
            ? new LabelPart(column.Name, mean, scale)
            : symmetric ? new LabelPart(column.Name, 0.5, 0.5) : new LabelPart(column.Name)).ToArray();
        columns.AddRange(data.InputColumns.Select(column => new ColumnPlan(column.Name, ColumnRole.Label,
            column.Encoding!.Description, "it is generated")
        {
            Kind = column.Kind,
            Encoding = column.Encoding,
        }));
        return new DataPlan(columns, new LabelPlan(parts, LabelKind.Number, data.InputShape, []));

        static ColumnPlan Input(string name, ColumnEncoder encoder, string reason) =>
            new(name, ColumnRole.Input, encoder.Description, reason) { Encoding = encoder };
    }

    /// <summary>The plan of a generator that is not trained: pictures are images, other samples arrays.</summary>
    /// <param name="codeSize">The number of random numbers.</param>
    /// <param name="sample">The shape of a sample.</param>
    /// <param name="symmetric">Whether it makes numbers from -1 to 1 for those from 0 to 1.</param>
    internal static DataPlan Untrained(int codeSize, Shape sample, bool symmetric)
    {
        ColumnEncoder encoder = sample.Rank == 3 ? new ImageEncoder(sample) : new TensorEncoder(sample);
        return Of(new DataPlan([new ColumnPlan(sample.Rank == 3 ? "Image" : "Values", ColumnRole.Input,
            encoder.Description, null)
        { Encoding = encoder, Kind = sample.Rank == 3 ? "Image" : "Tensor" }], null), codeSize, false,
            symmetric && sample.Rank == 3);
    }

    /// <summary>The plan for a network that gives a sample's numbers in a shape of its own.</summary>
    internal static DataPlan For(DataPlan plan, Shape output) =>
        plan.With(new LabelPlan(plan.Label!.Parts, LabelKind.Number, output, []));

    /// <summary>Whether a model's plan is that of a generator.</summary>
    internal static bool Is(DataPlan plan) => plan.Columns.Any(column =>
        column is { Role: ColumnRole.Input, Name: Code, Encoding: TensorEncoder })
        && plan.Columns.Any(column => column is { Role: ColumnRole.Label, Encoding: not null });

    /// <summary>The plan for a generator's data: images from 0 to 1, whatever their normalisation.</summary>
    /// <exception cref="DlException"><c>GeneratedColumns</c>: a column cannot be generated.</exception>
    internal static DataPlan OfSamples(DataPlan data)
    {
        foreach (var column in data.InputColumns)
            if (column.Encoding is not (ImageEncoder or TensorEncoder or NumberEncoder { Unit: not null }))
                throw new DlException("GeneratedColumns", DlErrorKind.InvalidData,
                    $"Column '{column.Name}' cannot be generated: it is {column.Encoding!.Description}. Supported: one "
                    + "column of images or of arrays, or columns of numbers without missing values and without "
                    + "logarithms. Leave it out, or use -Column @{ '" + column.Name + "' = 'Ignore' }.", column.Name);
        return new DataPlan(data.Columns.Select(column => column.Encoding is not ImageEncoder { Scale: not null } image
            ? column : column with { Encoding = new ImageEncoder(image.Shape, null, image.Preparation) }).ToArray(),
            data.Label, data.InputNames);
    }
}
