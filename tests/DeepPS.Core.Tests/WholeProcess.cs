namespace DeepPS.Tests;

/// <summary>Tests of what all trainings of a process share: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public class WholeProcess;
