using System.Management.Automation;
using DeepPS.Catalog;
using DeepPS.Commands;
using DeepPS.Models;

namespace DeepPS.Abstractions;

/// <summary>A training in a thread job of the session's process, which trains the same model object.</summary>
internal static class TrainingJob
{
    private const string Script = """
        param($module, $model, $parameters, $outcome)
        try {
            Import-Module $module
            foreach ($name in @($parameters.Keys)) {
                if ($parameters[$name] -is [scriptblock]) {
                    $parameters[$name] = [scriptblock]::Create($parameters[$name])
                }
            }
            $model | Invoke-DlTraining @parameters
        }
        # Without it the error would begin with words about ErrorAction.
        catch { throw $_ }
        finally { $outcome.TakeOver() }
        """;

    /// <summary>Starts a job with the parameters of a training command. An error ends it in the state Failed.</summary>
    /// <param name="command">The command.</param>
    /// <param name="model">The model.</param>
    /// <param name="outcome">The outcome of the command, which is that of its jobs.</param>
    public static PSObject Start(InvokeDlTrainingCommand command, Model model, RunOutcome outcome)
    {
        var parameters = new System.Collections.Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in command.MyInvocation.BoundParameters)
            if (name is not (nameof(command.AsJob) or nameof(command.Model)))
                parameters[name] = value;
        parameters["ErrorAction"] = ActionPreference.Stop;
        var start = ScriptBlock.Create("param($script, $name, $arguments) "
            + "Start-ThreadJob -ScriptBlock $script -Name $name -ArgumentList $arguments");
        var module = command.InvokeCommand.InvokeScript("(Get-Module DeepPS).Path")[0];
        return start.Invoke(ScriptBlock.Create(Script + Scripts(command)), "Training " + model.Name,
            new object[] { module, model, parameters, outcome })[0];
    }

    /// <summary>
    /// The script blocks of a command, as text that does not run: Start-ThreadJob copies the values of those $using:
    /// variables that it finds in the job's own script.
    /// </summary>
    private static string Scripts(InvokeDlTrainingCommand command) => string.Concat(
        new[] { command.OnEpoch, command.OnBatch }.OfType<ScriptBlock>()
            .Concat(command.Callback.OfType<ScriptCallback>().SelectMany(callback => callback.Scripts))
            .Concat(Within(command.Schedule))
            .Select(script => $"\n$null = {{\n{script}\n}}"));

    private static IEnumerable<ScriptBlock> Within(CatalogItem? item) => item switch
    {
        null => [],
        ScriptSchedule schedule => [schedule.Script],
        _ => item.Entry.Settings.Select(setting => setting.Get(item)).OfType<CatalogItem>().SelectMany(Within),
    };
}
