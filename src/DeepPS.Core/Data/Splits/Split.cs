namespace DeepPS.Data;

/// <summary>
/// A dataset in parts for training, validation and test, with the plan of how its columns become tensors.
/// </summary>
public sealed class Split
{
    /// <summary>Makes a split from parts, and fits its plan on the training part only.</summary>
    /// <param name="train">The training part.</param>
    /// <param name="validation">The part that monitors training; null: none.</param>
    /// <param name="test">The part that influences no decision; null: none.</param>
    /// <param name="log">Receives messages about decisions.</param>
    /// <param name="warn">Receives a warning of the columns that are left out.</param>
    public Split(Dataset train, Dataset? validation = null, Dataset? test = null, Action<string>? log = null,
        Action<string>? warn = null)
    {
        Train = train;
        Validation = validation;
        Test = test;
        Plan = DataPlan.Fit(train, log, warn);
    }

    /// <summary>The split's name: that of the dataset, with the number of the fold.</summary>
    public string Name { get; init; } = "split";

    /// <summary>A description of how the parts were chosen; null: by hand.</summary>
    public string? Method { get; init; }

    /// <summary>The number of the fold that is its test part, from 1; null: it is not a fold.</summary>
    public int? Fold { get; init; }

    /// <summary>The repetition of the folds that it belongs to, from 1; null: it is not a fold.</summary>
    public int? Repeat { get; init; }

    /// <summary>The training part.</summary>
    public Dataset Train { get; }

    /// <summary>The part that monitors training; null: none.</summary>
    public Dataset? Validation { get; }

    /// <summary>The part that influences no decision; null: none.</summary>
    public Dataset? Test { get; }

    /// <summary>How columns become tensors; fitted on <see cref="Train"/> only.</summary>
    public DataPlan Plan { get; }

    /// <summary>The sizes on one line.</summary>
    public override string ToString() =>
        $"train {Train.Count}, validation {Validation?.Count ?? 0}, test {Test?.Count ?? 0} rows";
}
