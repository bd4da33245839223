using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Completion;

/// <summary>Converts a value to a setting's type, by the setting's rules.</summary>
internal sealed class SettingConversionAttribute(SettingInfo setting) : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        setting.Convert(ScriptSchedule.From(setting.ItemKind, PipelineValue.Unwrap(inputData)));
}

/// <summary>Lets a parameter take a shape as a number, a list of numbers, or text such as <c>1x28x28</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShapeConversionAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return Shape.FromSetting(PipelineValue.Unwrap(inputData)!);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            throw new DlException("InvalidShape", DlErrorKind.InvalidArgument,
                $"A shape must be {Shape.Accepts}; got '{inputData}'.", inputData, e);
        }
    }
}
