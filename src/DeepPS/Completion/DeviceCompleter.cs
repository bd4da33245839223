using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace DeepPS.Completion;

/// <summary>Completes names of devices without loading torch.</summary>
public sealed class DeviceCompleter : IArgumentCompleter
{
    private static readonly (string Name, string Help)[] Devices =
    [
        ("auto", "The first CUDA device if there is one, else the CPU"),
        ("cpu", "The CPU"),
        ("cuda", "The first CUDA device"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName,
        string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => Devices
        .Where(device => device.Name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
        .Select(device =>
            new CompletionResult(device.Name, device.Name, CompletionResultType.ParameterValue, device.Help));
}
