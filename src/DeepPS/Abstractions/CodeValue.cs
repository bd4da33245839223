using System.Collections;
using System.Globalization;
using System.Management.Automation;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Abstractions;

/// <summary>
/// Reads the codes of generated samples from a parameter: samples with a property Code, arrays of numbers, or the
/// numbers of one or more codes in a row, which <c>(New-DlSample ...).Code</c> gives.
/// </summary>
internal static class CodeValue
{
    /// <summary>The numbers of each code.</summary>
    /// <param name="values">The values of the parameter.</param>
    /// <param name="size">The number of numbers that a code must have.</param>
    /// <exception cref="DlException"><c>CodeSize</c>: a code has another size; <c>NotACode</c>: a value is no code.
    /// </exception>
    public static IReadOnlyList<float[]> Read(object[] values, int size)
    {
        if (values.All(value => PipelineValue.Unwrap(value) is IConvertible and not string))
            return values.Length > 0 && values.Length % size == 0
                ? values.Select(value => Number(value, size)).Chunk(size).ToArray()
                : throw WrongSize(values, size, values.Length);
        return values.Select(value => One(value, size)).ToArray();
    }

    private static float[] One(object value, int size)
    {
        var code = PSObject.AsPSObject(value).Properties[GeneratorPlan.Code]?.Value ?? value;
        if (PipelineValue.Unwrap(code) is string || PipelineValue.Unwrap(code) is not IEnumerable list)
            throw NotACode(value, size);
        var numbers = list.Cast<object>().Select(item => Number(item, size)).ToArray();
        return numbers.Length == size ? numbers : throw WrongSize(value, size, numbers.Length);
    }

    private static float Number(object? value, int size)
    {
        try
        {
            return Convert.ToSingle(PipelineValue.Unwrap(value), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            throw NotACode(value, size);
        }
    }

    private static DlException NotACode(object? value, int size) => new("NotACode", DlErrorKind.InvalidArgument,
        $"A code must be an array of {size} numbers, or a sample of New-DlSample; got {ModelSource.TypeName(value)}.",
        value);

    private static DlException WrongSize(object value, int size, int count) =>
        new("CodeSize", DlErrorKind.InvalidArgument,
            $"A code of this generator has {size} numbers; got {count}. For several codes use -Code $first, $second.",
            value);
}
