using System.Collections;
using System.Management.Automation;
using DeepPS.Inference;
using DeepPS.Models;
using DeepPS.Search;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>Objects from the pipeline as plots take them.</summary>
internal static class PlotItem
{
    /// <summary>Objects that a plot knows as they are, and other objects as rows.</summary>
    /// <param name="value">A pipeline object, or a list of them.</param>
    public static IEnumerable<object> Of(object value)
    {
        if (PipelineValue.Unwrap(value) is EpochRecord or RunInfo or LearningRateSweep or Evaluation or Model
            or Forecast)
            return [PipelineValue.Unwrap(value)!];
        if (value is IDictionary || (value as PSObject)?.BaseObject is IDictionary
            || LanguagePrimitives.GetEnumerable(value) is not { } list)
            return [PipelineValue.Row(PSObject.AsPSObject(value), _ => true)];
        return list.Cast<object?>().OfType<object>().SelectMany(Of);
    }
}
