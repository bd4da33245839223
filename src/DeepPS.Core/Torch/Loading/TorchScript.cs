using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using DeepPS.Common;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>A piece of TorchScript called as one function, for torch operators without a TorchSharp method.</summary>
/// <remarks>The text is compiled once per process, at the first call. A text that does not compile aborts the process,
/// so every text is a constant, and every one has a test that calls it.</remarks>
/// <param name="pieces">The text in pieces: functions, one of which is <c>run</c> and returns nothing, a
/// tensor or a list of tensors.</param>
internal sealed partial class TorchScript(params string[] pieces)
{
    private const string Function = "run";

    // Torch's parser needs a newline after the last line.
    private readonly Lazy<jit.CompilationUnit> unit =
        new(() => jit.compile(string.Concat(pieces.Select(piece => piece + '\n'))));

    /// <summary>Calls the text's function <c>run</c>.</summary>
    /// <param name="arguments">Tensors, arrays of tensors, doubles and bools, in the order of the function's.</param>
    /// <exception cref="DlException"><c>OperatorNotSupported</c>: torch has no kernel of an operator for this device or
    /// this type of numbers.</exception>
    public void Run(params object[] arguments) => Invoke(arguments);

    /// <summary>Calls the text's function <c>run</c>, which returns a tensor.</summary>
    /// <param name="arguments">As those of <see cref="Run"/>.</param>
    /// <exception cref="DlException">As that of <see cref="Run"/>.</exception>
    public Tensor Call(params object[] arguments) => (Tensor)Invoke(arguments);

    /// <summary>Calls the text's function <c>run</c>, which returns a list of tensors.</summary>
    /// <param name="arguments">As those of <see cref="Run"/>.</param>
    /// <exception cref="DlException">As that of <see cref="Run"/>.</exception>
    public Tensor[] CallForList(params object[] arguments) => (Tensor[])Invoke(arguments);

    private object Invoke(object[] arguments)
    {
        // TorchSharp makes an unreferenced Scalar from each double, which the garbage collector could free before torch
        // reads it. These are kept until the call is over.
        var held = Array.ConvertAll(arguments, argument => argument is double number ? number.ToScalar() : argument);
        try
        {
            var result = unit.Value.invoke(Function, held);
            GC.KeepAlive(held);
            return result;
        }
        catch (ExternalException e) when (Missing().Match(e.Message) is { Success: true } missing)
        {
            throw new DlException("OperatorNotSupported", DlErrorKind.NotAvailable,
                $"Expected torch's operator {missing.Groups["name"].Value} to run on this device with these numbers; "
                + $"torch says: {missing.Value}. Use another optimizer, -Device cpu, or -Precision Float32.", null, e);
        }
        finally
        {
            foreach (var scalar in held.OfType<Scalar>())
                scalar.Dispose();
        }
    }

    /// <summary>What torch says where an operator has no kernel for a device, or for a type of numbers.</summary>
    [GeneratedRegex("Could not run '(?<name>[^']+)'[^.\n]*|\"(?<name>\\w+)\" not implemented for '\\w+'")]
    private static partial Regex Missing();
}
