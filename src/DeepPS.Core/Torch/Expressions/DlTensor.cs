using System.Collections;
using System.Globalization;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>
/// Numbers of an expression whose gradients are wanted, float64: a single number, a vector, a matrix, ... Operators
/// work number by number and take numbers and arrays too; shapes are broadcast as in PyTorch.
/// </summary>
public sealed partial class DlTensor
{
    internal DlTensor(GradientTape tape, Tensor value)
    {
        Tape = tape;
        Value = value;
        Shape = new Shape(value.shape);
    }

    /// <summary>The sizes.</summary>
    public Shape Shape { get; }

    internal GradientTape Tape { get; }

    internal Tensor Value { get; }

    /// <summary>A number of a vector, or a row of a matrix; a negative place counts from the end.</summary>
    public DlTensor this[int place] => Tape.Result("[]", [this], ShapeNeeds.Place(Shape, place),
        values => values[0].select(0, place));

    /// <summary>The sum.</summary>
    public static DlTensor operator +(DlTensor left, DlTensor right) =>
        left.Both("+", right, (one, other) => one.add(other));

    /// <summary>The sum with numbers.</summary>
    public static DlTensor operator +(DlTensor left, object right) => left + left.Of(right);

    /// <summary>The sum with numbers.</summary>
    public static DlTensor operator +(object left, DlTensor right) => right.Of(left) + right;

    /// <summary>The difference.</summary>
    public static DlTensor operator -(DlTensor left, DlTensor right) =>
        left.Both("-", right, (one, other) => one.sub(other));

    /// <summary>The difference from numbers.</summary>
    public static DlTensor operator -(DlTensor left, object right) => left - left.Of(right);

    /// <summary>The difference from numbers.</summary>
    public static DlTensor operator -(object left, DlTensor right) => right.Of(left) - right;

    /// <summary>The product, number by number.</summary>
    public static DlTensor operator *(DlTensor left, DlTensor right) =>
        left.Both("*", right, (one, other) => one.mul(other));

    /// <summary>The product with numbers.</summary>
    public static DlTensor operator *(DlTensor left, object right) => left * left.Of(right);

    /// <summary>The product with numbers.</summary>
    public static DlTensor operator *(object left, DlTensor right) => right.Of(left) * right;

    /// <summary>The quotient, number by number.</summary>
    public static DlTensor operator /(DlTensor left, DlTensor right) =>
        left.Both("/", right, (one, other) => one.div(other));

    /// <summary>The quotient with numbers.</summary>
    public static DlTensor operator /(DlTensor left, object right) => left / left.Of(right);

    /// <summary>The quotient with numbers.</summary>
    public static DlTensor operator /(object left, DlTensor right) => right.Of(left) / right;

    /// <summary>The negative.</summary>
    public static DlTensor operator -(DlTensor one) => one.Each("-", value => value.neg());

    /// <summary>The numbers in a row, the last axis fastest.</summary>
    public double[] ToNumbers()
    {
        Tape.Check(this);
        using var scope = NewDisposeScope();
        return Value.detach().contiguous().data<double>().ToArray();
    }

    /// <summary>The shape and the first numbers.</summary>
    public override string ToString()
    {
        const int shown = 6;
        var numbers = ToNumbers();
        var text = string.Join(" ", numbers.Take(shown).Select(number => number.ToString("G6",
            CultureInfo.InvariantCulture)));
        return Shape.Rank == 0 ? text : $"{Shape}: {text}{(numbers.Length > shown ? " ..." : "")}";
    }

    /// <summary>A number, an array of numbers, or a tensor as a tensor of the same expression.</summary>
    /// <exception cref="DlException"><c>NotATensor</c>.</exception>
    internal DlTensor Of(object? value)
    {
        if (value is DlTensor tensor)
            return tensor;
        var (sizes, numbers) = NumbersOf(value);
        return Tape.Constant(sizes, numbers);
    }

    /// <summary>The sizes and the numbers of a value, the last axis fastest.</summary>
    /// <param name="value">A number, or an array of numbers or of arrays.</param>
    /// <exception cref="DlException"><c>NotATensor</c>: it is something else, or arrays differ in length.</exception>
    public static (long[] Sizes, double[] Values) NumbersOf(object? value)
    {
        var (sizes, numbers) = (new List<long>(), new List<double>());
        return Add(value, 0, sizes, numbers) ? (sizes.ToArray(), numbers.ToArray())
            : throw new DlException("NotATensor", DlErrorKind.InvalidArgument,
                $"'{value ?? "$null"}' is no number, vector or matrix. Use numbers, or arrays of numbers of the same "
                + "length.", value);
    }

    private static bool Add(object? value, int axis, List<long> sizes, List<double> numbers)
    {
        if (value is not IEnumerable list || value is string)
        {
            // A number may be wrapped by PowerShell, and an argument such as -1 in a list is text.
            var text = value as string ?? (value as IFormattable)?.ToString(null, CultureInfo.InvariantCulture);
            if (value is char or DateTime or Enum
                || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                return false;
            numbers.Add(number);
            return axis == sizes.Count;
        }

        var items = list.Cast<object?>().ToArray();
        if (axis == sizes.Count && numbers.Count == 0)
            sizes.Add(items.Length);
        return axis < sizes.Count && sizes[axis] == items.Length && items.Length > 0
            && items.All(item => Add(item, axis + 1, sizes, numbers));
    }
}
