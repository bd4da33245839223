using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Completion;

/// <summary>Turns what a user gives for a setting into the setting's type, by the setting's own rules.</summary>
internal sealed class SettingConversionAttribute(SettingInfo setting) : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        setting.Convert(ScriptSchedule.From(setting.ItemKind, PipelineValue.Unwrap(inputData)));
}

/// <summary>Lets a parameter take a shape as a number, as numbers, or as text such as <c>1x28x28</c>.</summary>
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
                $"Wanted is {Shape.Accepts}; '{inputData}' came.", inputData, e);
        }
    }
}
