using DeepPS.Bench;

// usage: DeepPS.Bench [--data DIR] [--peer SCRIPT] [--python PYTHON] [--models a,b] [--epochs N] [--rounds N]
//        DeepPS.Bench blocks [--python PYTHON] [--models a,b] [--epochs N] [--rounds N]      networks of one block each
//        DeepPS.Bench block NAME EPOCHS [THREADS]          one side of that
//        DeepPS.Bench train MODEL DIR EPOCHS [THREADS]     one side of a comparison, in a process of its own
//        DeepPS.Bench plain MODEL DIR EPOCHS [THREADS]     the same in a plain TorchSharp loop, the peer on the same engine
//        DeepPS.Bench add                                  nanoseconds of a 1-element add
//        DeepPS.Bench optimizers [--python PYTHON] [--rounds N]    a step of each optimizer, ours and PyTorch's in turn
//        DeepPS.Bench step THREADS                         one side of it: milliseconds of our steps
//        DeepPS.Bench images [DIR] [--peer SCRIPT] [--python PYTHON] [--rounds N]   image files to batches, ours and torchvision's
//                                                          in turn; without DIR on two folders that are made for it
//        DeepPS.Bench stream DIR                           one side of it: our images per second
//        DeepPS.Bench table FILE [ROWS]                    makes a CSV file: 20 numbers and a category, 75 MB by default
//        DeepPS.Bench csv FILE LABEL [ROWS]                seconds and MB/s from a CSV file to a float32 matrix and label codes;
//                                                          with ROWS after so many first rows were read, so that the code is loaded
//        DeepPS.Bench csvpairs FILE LABEL PEER [ROUNDS]    that and a peer script's, in turn
//        DeepPS.Bench memory                               memory over 20,000 steps
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
        return rest.Length % 2 == 0 ? ImageComparison.Run(null, Options.Parse(rest)) : ImageComparison.Run(rest[0], Options.Parse(rest[1..]));
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
