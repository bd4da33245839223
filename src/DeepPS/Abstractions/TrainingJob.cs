using System.Management.Automation;
using DeepPS.Catalog;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>A training in a thread job of the session's process, which trains the same model object.</summary>
internal static class TrainingJob
{
    private const string AsJob = nameof(StartTrainingCmdlet.AsJob);

    private const string Script = """
        param($module, $model, $command, $parameters, $outcome)
        try {
            Import-Module $module
            foreach ($name in @($parameters.Keys)) {
                if ($parameters[$name] -is [scriptblock]) {
                    $parameters[$name] = [scriptblock]::Create($parameters[$name])
                }
            }
            $model | & $command @parameters
        }
        # Without it the error would begin with words about ErrorAction.
        catch { throw $_ }
        finally { $outcome.TakeOver() }
        """;

    /// <summary>Starts a job with the parameters of a training command. An error ends it in the state Failed.</summary>
    /// <param name="command">The command.</param>
    /// <param name="model">The model.</param>
    /// <param name="schedule">The schedule, which may hold script blocks; null: none.</param>
    /// <param name="modelParameter">The parameter that takes the model from the pipeline.</param>
    public static PSObject Start(TrainingCmdlet command, Model model, Schedule? schedule, string modelParameter)
    {
        var parameters = new System.Collections.Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in command.MyInvocation.BoundParameters)
            if (name != AsJob && name != modelParameter)
                parameters[name] = value;
        parameters["ErrorAction"] = ActionPreference.Stop;
        var start = ScriptBlock.Create("param($script, $name, $arguments) "
            + "Start-ThreadJob -ScriptBlock $script -Name $name -ArgumentList $arguments");
        var module = command.InvokeCommand.InvokeScript("(Get-Module DeepPS).Path")[0];
        return start.Invoke(ScriptBlock.Create(Script + Scripts(command, schedule)), "Training " + model.Name,
            new object[] { module, model, command.MyInvocation.MyCommand.Name, parameters, command.Outcome })[0];
    }

    /// <summary>
    /// The script blocks of a command, as text that does not run: Start-ThreadJob copies the values of those $using:
    /// variables that it finds in the job's own script.
    /// </summary>
    private static string Scripts(TrainingCmdlet command, Schedule? schedule) => string.Concat(
        new[] { command.OnEpoch, command.OnBatch }.OfType<ScriptBlock>()
            .Concat(command.Callback.OfType<ScriptCallback>().SelectMany(callback => callback.Scripts))
            .Concat(Within(schedule))
            .Select(script => $"\n$null = {{\n{script}\n}}"));

    private static IEnumerable<ScriptBlock> Within(CatalogItem? item) => item switch
    {
        null => [],
        ScriptSchedule schedule => [schedule.Script],
        _ => item.Entry.Settings.Select(setting => setting.Get(item)).OfType<CatalogItem>().SelectMany(Within),
    };
}
