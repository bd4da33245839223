using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Objectives;

/// <summary>Base of losses with an output per class.</summary>
public abstract record ClassifierLoss : ClassLoss
{
    public override bool Suits(LabelKind kind) =>
        kind is LabelKind.Class || kind is LabelKind.Text && GivesProbabilities;

    protected internal override (bool Fits, string Needs) Output(LabelPlan label, Shape output) =>
        (OutputForm.PerPlace(label.Shape, output) == label.Classes.Count && label.Classes.Count > 1,
            OutputForm.Words(OutputForm.Wanted(label.Shape, Math.Max(2, label.Classes.Count))));
}
