using System.Globalization;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Bench;

/// <summary>The resident memory of a long training, which should not grow after the first thousand steps.</summary>
internal static class StepMemory
{
    private const int StepsPerEpoch = 1000;
    private const int BatchSize = 8;

    public static void Measure()
    {
        var data = new Blobs { Count = StepsPerEpoch * BatchSize, Features = 16 }.Generate(1);
        using var model = new Model([
            new Dense { Units = 128, Activation = new ReLU() }, new BatchNorm(), new Dropout(), new Dense { Units = 3 },
        ]);
        double first = 0;
        foreach (var record in new Trainer(model, new TrainingOptions { Epochs = 20, BatchSize = BatchSize }).Run(data))
        {
            var now = Resident();
            first = record.Epoch == 1 ? now : first;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"step {record.Epoch * StepsPerEpoch,6}  {now:0.0} MB  "
                + $"{now / first:0.000} of that at step {StepsPerEpoch}"));
        }
    }

    private static double Resident()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64 / 1048576.0;
    }
}
