using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>Makes the players of a training with teachers: the student, and a regressor for each hint that needs
/// one.</summary>
internal static class DistilledPlayers
{
    /// <summary>The plan that a student takes over from its teachers if it has none; null: there are no teachers.
    /// </summary>
    public static DataPlan? Plan(IReadOnlyList<Model> teachers) => teachers.FirstOrDefault()?.Plan;

    /// <summary>Refuses models that cannot teach a student.</summary>
    /// <exception cref="DlException"><c>OwnTeacher</c>, <c>NoTeacher</c>, <c>ModelNotTrained</c>.</exception>
    public static void Check(Model student, IReadOnlyList<Model> teachers, TrainingOptions options)
    {
        if (teachers.Contains(student))
            throw new DlException("OwnTeacher", DlErrorKind.InvalidArgument,
                $"Model '{student.Name}' cannot be its own teacher. Make the student with New-DlModel, or import the "
                + "teacher from its file.", student);
        if (options.Distillation is not null && teachers.Count == 0)
            throw new DlException("NoTeacher", DlErrorKind.InvalidArgument,
                "The training learns from a teacher, and none is given. Add -Teacher.", student);
        foreach (var teacher in teachers)
            teacher.Trained();
    }

    /// <summary>The players.</summary>
    /// <param name="labels">The student's supervised objective.</param>
    /// <param name="models">The teachers, on any device; they are moved to the student's.</param>
    /// <param name="options">The options, with <see cref="TrainingOptions.Distillation"/>.</param>
    /// <param name="plan">The student's plan.</param>
    /// <param name="context">Precision and random numbers of layers.</param>
    /// <param name="source">The training samples.</param>
    public static IReadOnlyList<Player> Of(SupervisedObjective labels, IReadOnlyList<Model> models,
        TrainingOptions options, DataPlan plan, ForwardContext context, SampleSource source)
    {
        var network = labels.Network;
        var distillation = options.Distillation!;
        if (options.Optimizer is not GradientOptimizer rule)
            throw new DlException("OptimizerUse", DlErrorKind.InvalidArgument,
                $"Optimizer {options.Optimizer.Entry.Name} takes no steps and cannot learn from a teacher. Omit "
                + "-Teacher, or use another optimizer.", options.Optimizer);
        if (network.Frame is not null && distillation.Hints.Count > 0)
            throw new DlException("HintSeries", DlErrorKind.InvalidArgument,
                "Hints do not support a network that forecasts the changes of a series (-Difference, -Scaling Window, "
                + "-Log). Omit -Hint.", network);
        foreach (var model in models)
            model.MoveTo(network.Parameters[0].Value.device.ToString());
        var teachers = new Teachers(models, plan, distillation.Temperature);
        var hints = distillation.Hints
            .Select((names, i) => new Hint(network, teachers.First, names, context, options.Seed + i)).ToArray();
        if (source is DeviceData data && options.Augmentations.Count == 0)
        {
            using var turn = ThreadTurn.Take(Threads.Count(options.Threads));
            teachers.Keep(data, options.BatchSize);
        }

        var objective = new DistilledObjective(labels, teachers, plan.Label!, distillation) { Hints = hints };
        return [new Player(network, objective, rule),
            .. hints.Where(hint => hint.Regressor is not null)
                .Select(hint => new Player(hint.Regressor!, new HintObjective(hint), rule))];
    }
}
