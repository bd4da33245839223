using DeepPS.Bench;

// Usage: DeepPS.Bench [--data DIR] [--peer SCRIPT] [--python PYTHON] [--models a,b] [--epochs N] [--rounds N]
//   compares networks on MNIST with a plain TorchSharp loop and with PyTorch.
//
// DeepPS.Bench COMMAND:
//   blocks [--python PYTHON] [--models a,b] [--epochs N] [--rounds N]
//                                    compares networks of one block each with PyTorch
//   block NAME EPOCHS [THREADS]      our side of blocks
//   train MODEL DIR EPOCHS [THREADS] our side of the comparison on MNIST, in its own process
//   plain MODEL DIR EPOCHS [THREADS] the same in a plain TorchSharp loop
//   add                              nanoseconds of an addition of one element
//   optimizers [--python PYTHON] [--rounds N]
//                                    compares a step of each optimizer with PyTorch
//   step THREADS                     our side of optimizers: milliseconds
//   images [DIR] [--peer SCRIPT] [--python PYTHON] [--rounds N]
//                                    image files to batches, compared with torchvision; without DIR, on generated files
//   stream DIR                       our side of images: images per second
//   table FILE [ROWS]                writes a CSV file with 20 numbers and a category, 75 MB by default
//   csv FILE LABEL [ROWS]            seconds and MB/s from a CSV file to a float32 matrix and label codes; with ROWS,
//                                    after this number of rows was read once to load the code
//   csvpairs FILE LABEL PEER [ROUNDS] compares csv with a peer script
//   memory                           memory over 20,000 steps
switch (args)
{
    case ["train", var model, var data, var epochs, .. var rest]:
        Workload.Train(model, data, int.Parse(epochs), ThreadsIn(rest));
        return 0;
    case ["plain", var model, var data, var epochs, .. var rest]:
        PlainLoop.Train(model, data, int.Parse(epochs), ThreadsIn(rest));
        return 0;
    case ["blocks", .. var rest]:
        return Comparison.RunBlocks(Options.Parse(rest));
    case ["block", var block, var epochs, .. var rest]:
        Blocks.Train(block, int.Parse(epochs), ThreadsIn(rest));
        return 0;
    case ["add"]:
        SmallAdd.Measure();
        return 0;
    case ["optimizers", .. var rest]:
        Comparison.Optimizers(Options.Parse(rest));
        return 0;
    case ["step", var count]:
        OptimizerSteps.Measure(int.Parse(count));
        return 0;
    case ["images", .. var rest]:
        return rest.Length % 2 == 0 ? ImageComparison.Run(null, Options.Parse(rest))
            : ImageComparison.Run(rest[0], Options.Parse(rest[1..]));
    case ["stream", var folder]:
        ImageStream.Measure(folder);
        return 0;
    case ["table", var path, .. var rows]:
        TableFile.Write(path, rows is [var number] ? int.Parse(number) : TableFile.Rows);
        return 0;
    case ["csv", var path, var label, .. var rows]:
        if (rows is [var first])
            TableFile.Load(path, label, int.Parse(first));
        TableFile.Measure(path, label);
        return 0;
    case ["csvpairs", var path, var label, var peer, .. var rounds]:
        Comparison.Tables(path, label, peer, rounds is [var pairs] ? int.Parse(pairs) : 5);
        return 0;
    case ["memory"]:
        StepMemory.Measure();
        return 0;
    default:
        return Comparison.Run(Options.Parse(args));
}

static int? ThreadsIn(string[] rest) => rest is [var threads] ? int.Parse(threads) : null;
