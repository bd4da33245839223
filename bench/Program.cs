using DeepPS.Bench;

// usage: DeepPS.Bench [--data DIR] [--peer SCRIPT] [--python PYTHON] [--models a,b] [--epochs N] [--rounds N]
//        DeepPS.Bench train MODEL DIR EPOCHS [THREADS]     one side of a comparison, in a process of its own
//        DeepPS.Bench add                                  nanoseconds of a 1-element add
//        DeepPS.Bench memory                               memory over 20,000 steps
switch (args)
{
    case ["train", var model, var data, var epochs, .. var rest]:
        Workload.Train(model, data, int.Parse(epochs), rest is [var threads] ? int.Parse(threads) : null);
        return 0;
    case ["add"]:
        SmallAdd.Measure();
        return 0;
    case ["memory"]:
        StepMemory.Measure();
        return 0;
    default:
        return Comparison.Run(Options.Parse(args));
}
