using DeepPS.Common;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Search;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>A model belongs to one training at a time; measuring it meanwhile is allowed.</summary>
public sealed class ModelInTrainingTests
{
    private static readonly TrainingOptions Options = new() { Epochs = 3, Seed = 1, Threads = 1 };

    [Fact]
    public void ASecondTrainingIsRefused()
    {
        using var model = new Model([new Dense { Units = 4 }, new Dense { Units = 2 }]);
        using (var first = new Trainer(model, Options).Run(Sets.Noise(32, 1)).GetEnumerator())
        {
            Assert.True(first.MoveNext());
            var error = Assert.Throws<DlException>(() => new Trainer(model, Options).Run(Sets.Noise(32, 1)).First());
            Assert.Equal("ModelInTraining", error.Id);
            error = Assert.Throws<DlException>(() => TrainingEstimate.Of(model, Options, Sets.Noise(32, 1)));
            Assert.Equal("ModelInTraining", error.Id);
            Assert.True(double.IsFinite(Evaluator.Measure(model, Sets.Noise(32, 2)).Loss));
            Assert.True(first.MoveNext());
        }

        // A training that has ended, or was left, releases the model; so does a trial.
        Assert.Equal(3, new Trainer(model, Options).Run(Sets.Noise(32, 1)).Count());
        Assert.NotNull(TrainingEstimate.Of(model, Options, Sets.Noise(32, 1)));
        Assert.Equal(3, new Trainer(model, Options).Run(Sets.Noise(32, 1)).Count());
    }

    /// <summary>
    /// Trainings and measurements on many threads: one training at a time has the model, nothing else fails.
    /// </summary>
    [Fact]
    public void ManyThreadsAtOnceTrainItOneByOne()
    {
        using var model = new Model([new Dense { Units = 4 }, new Dense { Units = 2 }]);
        new Trainer(model, Options).Run(Sets.Noise(64, 1)).Last();
        var refused = 0;
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            try
            {
                if (i % 4 == 3)
                    Evaluator.Measure(model, Sets.Noise(64, 2));
                else
                    new Trainer(model, Options).Run(Sets.Noise(64, 1)).Last();
            }
            catch (DlException e) when (e.Id == "ModelInTraining")
            {
                Interlocked.Increment(ref refused);
            }
        });
        Assert.Equal(3 + 3 * (12 - refused), model.History.Count);
    }
}
