using System.Management.Automation;

namespace DeepPS.Completion;

/// <summary>Lets a parameter take a number of 0 or more, or $null, which ValidateRange would refuse.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateNotNegativeAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is double number && !(number >= 0))
            throw new ValidationMetadataException($"A number of 0 or more is wanted, or $null; {number} came.");
    }
}
