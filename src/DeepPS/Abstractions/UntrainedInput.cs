using System.Collections;
using System.Globalization;
using System.Management.Automation;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Models;

namespace DeepPS.Abstractions;

/// <summary>Makes a model that was not trained ready for the objects of a pipeline, by the first of them.</summary>
internal static class UntrainedInput
{
    /// <summary>The model that reads a dataset's columns, or the properties of an object that are numbers, in their
    /// order.</summary>
    public static Model ReadyFor(Model model, PSObject first)
    {
        if (first.BaseObject is Dataset data)
            return UntrainedModel.Over(model, data);
        var row = first.BaseObject is IDictionary entries
            ? entries.Cast<DictionaryEntry>().Select(entry => (Name: $"{entry.Key}", entry.Value))
            : first.Properties.Select(property => (property.Name, Value: PipelineValue.Read(property)));
        var all = row.Select(one => (one.Name, Value: PipelineValue.Unwrap(one.Value))).ToArray();
        var numbers = all.Where(one => IsNumber(one.Value)).Select(one => one.Name).ToArray();
        var arrays = all.Where(one => one.Value is IList).Select(one => one.Name).ToArray();
        return arrays.Length == 1 && model.Network!.Input.Size != numbers.Length
            ? UntrainedModel.OverArrays(model, arrays[0]) : UntrainedModel.Over(model, numbers);
    }

    private static bool IsNumber(object? value) => value switch
    {
        null or bool or char or DateTime or Enum => false,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        IConvertible => true,
        _ => false,
    };
}
