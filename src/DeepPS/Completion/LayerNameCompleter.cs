using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DeepPS.Abstractions;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Completion;

/// <summary>Completes the names of the layers of the model in a variable: -Model's, or the pipeline's.</summary>
public sealed class LayerNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName,
        string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var model = PipelineValue.Unwrap(fakeBoundParameters["Model"]) as Model ?? PipelineData.Model(commandAst);
        return model is null ? [] : CompletionText.Of(LayerNames.Of(model.Layers), wordToComplete, "Layer");
    }
}
