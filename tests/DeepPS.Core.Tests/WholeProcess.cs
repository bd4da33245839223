namespace DeepPS.Tests;

/// <summary>Tests of state that all trainings of a process share: no other test may run at the same time.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public class WholeProcess;
