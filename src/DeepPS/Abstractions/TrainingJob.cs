using System.Management.Automation;
using DeepPS.Commands;

namespace DeepPS;

/// <summary>A training in a job of the session's process: the model that learns is the same object.</summary>
internal static class TrainingJob
{
    private const string Script = """
        param($module, $model, $parameters)
        Import-Module $module
        foreach ($name in @($parameters.Keys)) {
            if ($parameters[$name] -is [scriptblock]) { $parameters[$name] = [scriptblock]::Create($parameters[$name]) }
        }
        $model | Invoke-DlTraining @parameters
        """;

    /// <summary>Starts the job of a training command, with the parameters that were given.</summary>
    /// <exception cref="DlException"><c>CallbackInJob</c>: a callback's script blocks belong to this session.</exception>
    public static PSObject Start(InvokeDlTrainingCommand command, Model model)
    {
        if (command.Callback.Length > 0)
            throw new DlException("CallbackInJob", DlErrorKind.InvalidArgument,
                "The script blocks of a callback belong to this session and cannot be called from a job. Give -OnEpoch or -OnBatch, or leave -AsJob out.");
        var parameters = new System.Collections.Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in command.MyInvocation.BoundParameters)
            if (name is not (nameof(command.AsJob) or nameof(command.Model)))
                parameters[name] = value;
        var start = ScriptBlock.Create("param($script, $name, $arguments) Start-ThreadJob -ScriptBlock $script -Name $name -ArgumentList $arguments");
        var module = command.InvokeCommand.InvokeScript("(Get-Module DeepPS).Path")[0];
        return start.Invoke(ScriptBlock.Create(Script), "Training " + model.Name, new object[] { module, model, parameters })[0];
    }
}
