using System.Management.Automation;

namespace DeepPS.Completion;

/// <summary>Accepts a number of 0 or more, or $null, which ValidateRange refuses.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateNotNegativeAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is double number && !(number >= 0))
            throw new ValidationMetadataException($"The value must be a number of 0 or more, or $null; got {number}.");
    }
}
