using System.Management.Automation;
using System.Management.Automation.Language;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Torch;

namespace DeepPS.Commands;

/// <summary>Get the gradients of an expression at a point.</summary>
/// <remarks>
/// The script block gets each parameter as a tensor of 64-bit numbers, and returns one. Operators (+ - * /) work number
/// by number and take numbers and arrays too: 3 * $x, $x + (1, 2). An array on the left of an operator is PowerShell's
/// own operation, so write $x + (1, 2). Methods: Exp, Log, Sqrt, Abs, Pow, Sin, Cos, Tanh, Sigmoid, ReLU, Softplus,
/// Softmax, LogSoftmax, Sum, Mean, Max, Min, Norm, Dot, MatMul, Transpose, Reshape, Minimum, Maximum, and [place].
/// Gradients are exact to rounding: each operation's derivative is known, and the chain rule joins them
/// (backpropagation).
///
/// Each number of each parameter is one object. An expression of several numbers is summed, so that a function of a
/// vector that works number by number gives its derivative at each point.
/// </remarks>
/// <example>
/// <code>Get-DlGradient { param($x) $x * $x + 3 * $x } -At 1.5</code>
/// <para>Gives the derivative 2x + 3 at 1.5.</para>
/// </example>
/// <example>
/// <code>Get-DlGradient { param($w, $b) ($w * 2 + $b - 1).Pow(2) } -At 0.5, -1 -Order 2</code>
/// <para>Gives the gradients of a squared error by weight and bias, and its four second derivatives.</para>
/// </example>
/// <example>
/// <code>$points = -20..20 | ForEach-Object { $_ / 5 }
/// Get-DlGradient { param($x) $x.Tanh() } -At $points | Export-Csv tanh.csv</code>
/// <para>Writes the derivative of tanh at many points.</para>
/// </example>
/// <example>
/// <code>Get-DlGradient { param($m, $v) $m.MatMul($v).Dot($v) } -At ((2, 1), (1, 3)), (1, -1)</code>
/// <para>Gives the gradients of a quadratic form by its matrix and by its vector.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DlGradient")]
[OutputType(typeof(PSObject))]
public sealed class GetDlGradientCommand : WorkCmdlet
{
    /// <summary>The expression: { param($x, $y) ... }.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public ScriptBlock Expression { get; set; } = null!;

    /// <summary>
    /// The point: a value for each parameter, a number or an array of numbers (of arrays, for a matrix). For an
    /// expression of one parameter several numbers are a vector.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public object[] At { get; set; } = [];

    /// <summary>
    /// The order of the derivatives: 1, or 2 for second derivatives too: a property Second_NAME for each number of each
    /// parameter.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 2)]
    public int Order { get; set; } = 1;

    /// <inheritdoc/>
    protected override object? Input => At;

    /// <inheritdoc/>
    protected override void Process()
    {
        var names = Names();
        var point = Point(names);
        using var tape = new GradientTape();
        var variables = point.Select(value => tape.Variable(value.Sizes, value.Values)).ToArray();
        var result = Result(variables);
        var derivatives = Work(cancel => ExpressionGradient.Of(tape, result, variables, Order == 2, cancel));
        var each = derivatives.Select(one => names[one.Variable]
            + (one.Place.Length == 0 ? "" : $"[{string.Join(",", one.Place)}]")).ToArray();
        var values = result.ToNumbers();
        foreach (var (name, one) in each.Zip(derivatives))
        {
            var output = new PSObject();
            output.Set("Name", name);
            output.Set(nameof(At), one.At);
            output.Set("Value", values.Sum());
            output.Set(nameof(one.Gradient), one.Gradient);
            foreach (var (other, second) in each.Zip(one.Second))
                output.Set("Second_" + other, second);
            WriteObject(output);
        }
    }

    private string[] Names()
    {
        var parameters = ((ScriptBlockAst)Expression.Ast).ParamBlock?.Parameters;
        return parameters is { Count: > 0 } ? [.. parameters.Select(one => one.Name.VariablePath.UserPath)]
            : throw new DlException("NoParameters", DlErrorKind.InvalidArgument,
                "The expression has no parameters to differentiate by. Write it as { param($x) ... }.", Expression);
    }

    private (long[] Sizes, double[] Values)[] Point(string[] names)
    {
        var values = At.Select(PipelineValue.Unwrap).ToArray();
        if (names.Length == 1)
            return [DlTensor.NumbersOf(values.Length == 1 ? values[0] : values)];
        return values.Length == names.Length ? Array.ConvertAll(values, DlTensor.NumbersOf)
            : throw new DlException("PointSize", DlErrorKind.InvalidArgument,
                $"The expression has {names.Length} parameters ({string.Join(", ", names)}); -At gives {values.Length} "
                + $"{(values.Length == 1 ? "value" : "values")}. Give one for each.", At);
    }

    /// <summary>Runs the expression, on this thread as any script block.</summary>
    private DlTensor Result(DlTensor[] variables)
    {
        object?[] results;
        try
        {
            results = [.. Expression.Invoke(variables).Select(PipelineValue.Unwrap)];
        }
        catch (RuntimeException e) when (Own(e) is { } own)
        {
            throw own;
        }

        return results switch
        {
            [DlTensor one] => one,
            [IConvertible and not string] => variables[0] * 0 + results[0]!,
            _ => throw new DlException("NoExpression", DlErrorKind.InvalidArgument,
                $"The expression must return one tensor; it returns {results.Length} values"
                + (results.Length == 1 ? $" of type {ModelSource.TypeName(results[0])}" : "")
                + ". Its last line is its value; assign others to variables.", Expression),
        };
    }

    /// <summary>The error of an operation within an error of a script.</summary>
    private static DlException? Own(Exception? e) => e is null or DlException ? e as DlException
        : Own(e.InnerException);
}
