namespace DeepPS.Data;

/// <summary>A dataset in parts: one to train on, others to measure with; and how its columns become tensors.</summary>
public sealed class Split
{
    /// <summary>Makes a split from parts, and fits its plan on the part to train on, alone.</summary>
    /// <param name="train">The part to train on.</param>
    /// <param name="validation">The part that training is watched by; null: none.</param>
    /// <param name="test">The part that nothing is decided by; null: none.</param>
    /// <param name="log">Told what was decided.</param>
    public Split(Dataset train, Dataset? validation = null, Dataset? test = null, Action<string>? log = null)
    {
        Train = train;
        Validation = validation;
        Test = test;
        Plan = DataPlan.Fit(train, log);
    }

    /// <summary>What it is called: the name of the dataset, and which fold it is.</summary>
    public string Name { get; init; } = "split";

    /// <summary>How the parts were chosen, in words; null: by hand.</summary>
    public string? Method { get; init; }

    /// <summary>Which of several folds is its test part, from 1; null: it is no fold.</summary>
    public int? Fold { get; init; }

    /// <summary>Which repetition of the folds it belongs to, from 1; null: it is no fold.</summary>
    public int? Repeat { get; init; }

    /// <summary>The part to train on.</summary>
    public Dataset Train { get; }

    /// <summary>The part that training is watched by; null: none.</summary>
    public Dataset? Validation { get; }

    /// <summary>The part that nothing is decided by; null: none.</summary>
    public Dataset? Test { get; }

    /// <summary>How columns become tensors; fitted on <see cref="Train"/> alone.</summary>
    public DataPlan Plan { get; }

    /// <summary>The sizes on one line.</summary>
    public override string ToString() => $"train {Train.Count}, validation {Validation?.Count ?? 0}, test {Test?.Count ?? 0} rows";
}
