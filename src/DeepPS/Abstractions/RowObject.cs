using System.Management.Automation;
using DeepPS.Data;
using DeepPS.Inference;

namespace DeepPS.Abstractions;

/// <summary>Rows of a dataset as objects, with predictions.</summary>
internal static class RowObject
{
    /// <summary>A row as an object: its number, and a property for each column except images and windows.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="row">The row's index, from 0.</param>
    /// <param name="number">The value of the property Row.</param>
    public static PSObject Of(Dataset dataset, int row, int number)
    {
        var output = new PSObject();
        output.Set("Row", number);
        foreach (var column in dataset.Columns.Where(column => column.Kind is not ("Image" or "Window")))
            output.Set(column.Name, dataset.ValueOf(column, row));
        return output;
    }

    /// <summary>A row as an object with a property for each column; images are arrays of bytes.</summary>
    public static PSObject Whole(Dataset dataset, int row)
    {
        var output = new PSObject();
        foreach (var column in dataset.Columns)
            output.Set(column.Name, dataset.ValueOf(column, row));
        return output;
    }

    /// <summary>
    /// As <see cref="With"/>, for an object that probably has none of the properties: then their names are not looked
    /// up, which takes much longer than adding them.
    /// </summary>
    public static PSObject WithNew(this PSObject output, Prediction prediction)
    {
        try
        {
            var properties = output.Properties;
            properties.Add(new PSNoteProperty(nameof(Prediction), prediction.Value), preValidated: true);
            properties.Add(new PSNoteProperty(nameof(prediction.Probability), prediction.Probability),
                preValidated: true);
            foreach (var (name, value) in prediction.Further)
                properties.Add(new PSNoteProperty(name, value), preValidated: true);
            if (prediction.IsChecked)
                properties.Add(new PSNoteProperty(nameof(prediction.Unfamiliar), prediction.Unfamiliar),
                    preValidated: true);
            return output;
        }
        catch (ExtendedTypeSystemException)
        {
            return output.With(prediction);
        }
    }

    /// <summary>As <see cref="With"/>; a copy of an object that has one of the properties gets them.</summary>
    public static PSObject WithOrCopy(this PSObject input, Prediction prediction)
    {
        string[] names = [nameof(Prediction), nameof(prediction.Probability), nameof(prediction.Unfamiliar),
            .. prediction.Further.Select(further => further.Key)];
        return (names.Any(name => input.Properties[name] is not null) ? CopyOf(input) : input).With(prediction);
    }

    /// <summary>A copy without the type, as of Select-Object.</summary>
    private static PSObject CopyOf(PSObject input)
    {
        var copy = new PSObject();
        foreach (var property in input.Properties.Where(property => property.IsGettable))
            copy.Set(property.Name, PipelineValue.Read(property));
        copy.TypeNames.Insert(0, $"Selected.{input.BaseObject.GetType()}");
        return copy;
    }

    /// <summary>Adds the properties Prediction and Probability, and the model's further outputs.</summary>
    public static PSObject With(this PSObject output, Prediction prediction)
    {
        output.Set(nameof(Prediction), prediction.Value);
        output.Set(nameof(prediction.Probability), prediction.Probability);
        foreach (var (name, value) in prediction.Further)
            output.Set(name, value);
        if (prediction.IsChecked)
            output.Set(nameof(prediction.Unfamiliar), prediction.Unfamiliar);
        return output;
    }
}
