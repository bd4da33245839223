using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;
using DeepPS.Training;

namespace DeepPS.Tests;

[Collection(nameof(WholeProcess))]
public class ThreadTurnTests
{
    private const int One = 1;
    private const int Two = 2;

    /// <summary>
    /// Six threads of two kinds take turns: only one kind is inside at a time, with its number of threads.
    /// </summary>
    [Fact]
    public void OnlyThoseWhoWantTheSameAreInsideAtOnce()
    {
        int ones = 0, twos = 0, mixed = 0, wrong = 0, together = 0;
        Together(6, number =>
        {
            var plan = number % 2 == 0 ? One : Two;
            ref var mine = ref plan == One ? ref ones : ref twos;
            ref var others = ref plan == One ? ref twos : ref ones;
            for (var i = 0; i < 300; i++)
            {
                using var turn = ThreadTurn.Take(plan);
                if (Interlocked.Increment(ref mine) > 1)
                    Interlocked.Increment(ref together);
                Thread.SpinWait(2000);
                if (Volatile.Read(ref others) != 0)
                    Interlocked.Increment(ref mixed);
                if (LoopTeam.Threads != plan)
                    Interlocked.Increment(ref wrong);
                if (i % 50 == 0)
                    Thread.Sleep(1);
                Interlocked.Decrement(ref mine);
            }
        });
        Assert.Equal((0, 0), (mixed, wrong));
        Assert.True(together > 0);
    }

    /// <summary>Two threads of which one is always inside let a third one of the other kind in.</summary>
    [Fact]
    public void WhoWantsAnotherComesInWhileOthersKeepComing()
    {
        var came = 0;
        Together(3, number =>
        {
            if (number == 2)
            {
                Thread.Sleep(20);
                using var turn = ThreadTurn.Take(Two);
                Volatile.Write(ref came, 1);
                return;
            }

            while (Volatile.Read(ref came) == 0)
            {
                using var turn = ThreadTurn.Take(One);
                Thread.Sleep(1);
            }
        });
        Assert.Equal(1, came);
    }

    [Fact]
    public void ATurnWithinATurnIsTheSame()
    {
        using (ThreadTurn.Take(One))
        {
            using (ThreadTurn.Take(Two))
                Assert.Equal(1, LoopTeam.Threads);
            using var again = ThreadTurn.Take(One);
        }

        using var other = ThreadTurn.Take(Two);
        Assert.Equal(2, LoopTeam.Threads);
    }

    /// <summary>
    /// A callback's measurement on another thread does not wait for the training, which waits for it.
    /// </summary>
    [Fact]
    public void ACallbackMayMeasureOnAnotherThread()
    {
        using var model = new Model([new Dense { Units = 2 }]);
        using var other = new Model([new Dense { Units = 2 }]);
        var data = Sets.Noise(64, 1);
        new Trainer(other, new TrainingOptions { Epochs = 1 }).Run(data).Count();
        var measured = 0;
        var trainer = new Trainer(model, new TrainingOptions { Epochs = 2, Threads = 1 })
        {
            Callbacks = [new ActionCallback { OnStep = _ => IsMeasured() && ++measured > 0 }],
        };
        Assert.Equal(2, trainer.Run(data).Count());
        Assert.Equal(4, measured);

        bool IsMeasured() => Task.Run(() => Evaluator.Measure(other, data).Count).Wait(30_000);
    }

    private static void Together(int count, Action<int> work)
    {
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        var threads = Enumerable.Range(0, count).Select(number => new Thread(() =>
        {
            try
            {
                work(number);
            }
            catch (Exception e)
            {
                failures.Enqueue(e);
            }
        })
        {
            IsBackground = true,
        }).ToList();
        threads.ForEach(thread => thread.Start());
        Assert.All(threads, thread => Assert.True(thread.Join(60_000), "A thread waits for its turn for ever."));
        Assert.Empty(failures);
    }
}
