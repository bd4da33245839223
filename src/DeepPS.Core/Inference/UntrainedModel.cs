using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Objectives;

namespace DeepPS.Inference;

/// <summary>
/// A model that was not trained, or whose weights were set by hand, made ready to predict: it reads numbers, arrays or
/// pictures as they are, and its outputs are the predictions.
/// </summary>
public static class UntrainedModel
{
    private const string Output = "output";

    /// <summary>The model for rows with these columns of numbers.</summary>
    /// <param name="model">A model whose input shape is known.</param>
    /// <param name="columns">The names of the columns, in the order of the network's inputs.</param>
    /// <returns>A model that shares the parameters.</returns>
    /// <exception cref="DlException"><c>InputCount</c>: the network reads another number of columns.</exception>
    public static Model Over(Model model, IReadOnlyList<string> columns)
    {
        var shape = ShapeOf(model);
        if (columns.Count != shape.Size || shape.Rank > 1)
            throw new DlException("InputCount", DlErrorKind.InvalidArgument,
                $"Model '{model.Name}' is not trained and reads {shape} numbers; the input has {columns.Count}"
                + $"{(columns.Count == 0 ? "" : $" ({string.Join(", ", columns)})")}. Give as many, in the order of "
                + "the weights.", model);
        return Ready(model, columns.Select(name =>
            Input(name, new NumberEncoder(new NumberScale(Scaling.None, 0, 1), 0, false), "Number")));
    }

    /// <summary>The model for rows with a column of arrays.</summary>
    /// <param name="model">A model whose input shape is known.</param>
    /// <param name="column">The name of the column.</param>
    /// <returns>A model that shares the parameters.</returns>
    public static Model OverArrays(Model model, string column) =>
        Ready(model, [Input(column, new TensorEncoder(ShapeOf(model)), "Tensor")]);

    /// <summary>The model for the rows of a dataset.</summary>
    /// <param name="model">A model whose input shape is known.</param>
    /// <param name="data">The dataset; its label is not read.</param>
    /// <returns>A model that shares the parameters.</returns>
    /// <exception cref="DlException"><c>InputCount</c>.</exception>
    public static Model Over(Model model, Dataset data)
    {
        var inputs = data.Columns.Where(column => !data.Labels.Contains(column) && column != data.Weight).ToArray();
        return inputs is [ImageColumn images] && images.Shape.Equals(ShapeOf(model))
            ? Ready(model, [Input(images.Name, new ImageEncoder(images.Shape), images.Kind)])
            : inputs is [TensorColumn arrays] ? OverArrays(model, arrays.Name)
            : Over(model, inputs.OfType<NumberColumn>().Select(column => column.Name).ToArray());
    }

    private static Shape ShapeOf(Model model) => model.Network is { Inputs: [{ IsPadded: false } input] } ? input.Shape
        : throw new DlException("ModelNotTrained", DlErrorKind.InvalidOperation,
            $"Model '{model.Name}' has not been trained. Train it with Invoke-DlTraining, load a trained one with "
            + "Import-DlModel, or make one with New-DlModel -InputShape and a single input.", model);

    private static ColumnPlan Input(string name, ColumnEncoder encoder, string kind) =>
        new(name, ColumnRole.Input, encoder.Description, "the model is not trained")
        {
            Kind = kind,
            Encoding = encoder,
        };

    private static Model Ready(Model model, IEnumerable<ColumnPlan> columns)
    {
        var loss = new MSELoss();
        var shape = model.Network!.Output;
        return model.With(new DataPlan(columns.ToArray(),
            new LabelPlan(Output, LabelKind.Number, shape.Rank == 0 ? new Shape(1) : shape, [])), loss);
    }
}
