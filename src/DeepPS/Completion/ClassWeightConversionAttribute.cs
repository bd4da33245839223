using System.Collections;
using System.Globalization;
using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Training;

namespace DeepPS.Completion;

/// <summary>Reads class weights: <c>Balanced</c>, or a hashtable of weights by class name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ClassWeightConversionAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        PipelineValue.Unwrap(inputData) switch
        {
            null => null,
            ClassWeights weights => weights,
            string text when text.Equals("Balanced", StringComparison.OrdinalIgnoreCase) => ClassWeights.Balanced,
            IDictionary weights => ClassWeights.Of(weights.Cast<DictionaryEntry>()
                .ToDictionary(entry => Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, Weight)),
            var other => throw Invalid($"'{other}'", other),
        };

    private static double Weight(DictionaryEntry entry)
    {
        var value = PipelineValue.Unwrap(entry.Value);
        return value is not null
            && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out double weight) && weight >= 0
            ? weight
            : throw Invalid($"'{entry.Value}' for '{entry.Key}'", entry.Value);
    }

    private static DlException Invalid(string found, object? target) =>
        new("InvalidClassWeight", DlErrorKind.InvalidArgument, "Class weights must be Balanced or a hashtable of "
            + $"numbers of 0 or more by class name, such as @{{ High = 3 }}; got {found}.", target);
}
