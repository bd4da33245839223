using System.Globalization;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// The values of classes in the type of the label: numbers where all classes are numbers, booleans where the training
/// data had such, else text. Texts True and False stay text: a comparison with text would convert "False" to true.
/// </summary>
internal static class ClassValues
{
    /// <summary>The values of classes, in their order.</summary>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="areBooleans">Whether the label's values were booleans.</param>
    /// <returns><c>int[]</c>, <c>double[]</c>, <c>bool[]</c> or <c>string[]</c>.</returns>
    public static Array Of(IReadOnlyList<string> classes, bool areBooleans)
    {
        if (classes.Count == 0)
            return Array.Empty<string>();
        if (areBooleans && classes.All(name => bool.TryParse(name, out _)))
            return classes.Select(bool.Parse).ToArray();
        if (classes.All(name => int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var whole) && whole.ToString(CultureInfo.InvariantCulture) == name))
            return classes.Select(name => int.Parse(name, CultureInfo.InvariantCulture)).ToArray();
        // Names such as 007 are text: as numbers they would lose their form.
        return classes.All(name => NumberText.TryParse(name, out var number) && NumberText.Format(number) == name)
            ? classes.Select(name => NumberText.TryParse(name, out var number) ? number : double.NaN).ToArray()
            : classes as string[] ?? classes.ToArray();
    }

    /// <summary>The value of a label's row in the type of its classes; null where it is missing.</summary>
    /// <param name="label">The label's column.</param>
    /// <param name="row">The row.</param>
    public static object? OfRow(Column label, int row) => label is CategoryColumn classes
        ? classes.IsMissing(row) ? null : classes.Values.GetValue(classes.Codes[row])
        : label[row];
}
