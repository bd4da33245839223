using System.Management.Automation;
using DeepPS.Data;
using DeepPS.Inference;

namespace DeepPS.Abstractions;

/// <summary>A row of a dataset as an object, and what a model says of it.</summary>
internal static class RowObject
{
    /// <summary>A row as an object: its number, and each column but images as a property.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="number">The number that it is to have.</param>
    public static PSObject Of(Dataset dataset, int row, int number)
    {
        var output = new PSObject();
        output.Set("Row", number);
        foreach (var column in dataset.Columns.Where(column => column.Kind is not ("Image" or "Window")))
            output.Set(column.Name, column[row]);
        return output;
    }

    /// <summary>Gives an object the properties Prediction and Probability, and what else a model says.</summary>
    public static PSObject With(this PSObject output, Prediction prediction)
    {
        output.Set(nameof(Prediction), prediction.Value);
        output.Set(nameof(prediction.Probability), prediction.Probability);
        foreach (var (name, value) in prediction.Further)
            output.Set(name, value);
        return output;
    }
}
