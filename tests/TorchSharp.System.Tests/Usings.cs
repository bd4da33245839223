// Counts of live tensors are the process's, so tests run one by one.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
