using System.Collections;
using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <content>The parameters of a training with teachers.</content>
public sealed partial class InvokeDlTrainingCommand
{
    /// <summary>
    /// Trained models whose outputs the model learns besides the labels (Hinton 2015); the mean of several. They are
    /// models or paths of model files, predict the same label, and read the same columns: a model that is not trained
    /// yet takes over their data plan. Their outputs are computed once if nothing is augmented. Default: none.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[] Teacher { get; set; } = [];

    /// <summary>
    /// Divides the logits of teacher and model before the softmax, for class labels: higher temperatures show more of
    /// how similar the teacher finds other classes.
    /// </summary>
    [Parameter]
    [ValidateRange(0.01, 1000.0)]
    public double Temperature { get; set; } = 4;

    /// <summary>The weight of the teachers in the loss, from 0 to 1; the labels have the rest.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double TeacherWeight { get; set; } = 0.9;

    /// <summary>
    /// Layers of the model that also learn the output of a layer of the first teacher (FitNets, Romero 2015):
    /// @{ conv2 = 'conv4' }. Where shapes differ, a regressor between them learns too. Default: none.
    /// </summary>
    [Parameter]
    public Hashtable? Hint { get; set; }

    private IReadOnlyList<Model> Teachers() => Teacher.Select(this.ModelOf).ToArray();

    private DistillationOptions? Distillation()
    {
        if (Teacher.Length == 0)
        {
            if (new[] { nameof(Temperature), nameof(TeacherWeight), nameof(Hint) }.FirstOrDefault(Given) is { } name)
                throw new DlException("NoTeacher", DlErrorKind.InvalidArgument,
                    $"-{name} needs a teacher. Add -Teacher $model.");
            return null;
        }

        return new DistillationOptions
        {
            Temperature = Temperature,
            TeacherWeight = TeacherWeight,
            Hints = (Hint ?? []).Cast<DictionaryEntry>().Select(pair => new HintOptions($"{pair.Key}", $"{pair.Value}"))
                .OrderBy(hint => hint.Student, StringComparer.Ordinal).ToArray(),
        };
    }
}
