using DeepPS.Torch;

namespace DeepPS.Tests;

[Collection(nameof(WholeProcess))]
public class LoopTeamTests
{
    [Fact]
    public void EveryPieceIsDoneOnceHoweverManyLoopsRunAtOnce()
    {
        LoopTeam.Threads = 4;
        Parallel.For(0, 8, _ =>
        {
            for (var round = 0; round < 300; round++)
            {
                var done = new int[37];
                LoopTeam.Run(done.Length, piece => Interlocked.Increment(ref done[piece]));
                Assert.All(done, times => Assert.Equal(1, times));
            }
        });
    }

    /// <summary>
    /// A caller still works on its own piece after its helpers are done. Another caller must not take the team then:
    /// the first one's piece would count as one of its own, and it would return before its helper is done.
    /// </summary>
    [Fact]
    public async Task ALoopKeepsTheTeamUntilItsCallerIsDone()
    {
        LoopTeam.Threads = 2;
        var patience = TimeSpan.FromSeconds(20);
        using var helped = new ManualResetEventSlim(Environment.ProcessorCount == 1);
        using var secondWaits = new ManualResetEventSlim();
        using var secondHelped = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var first = Task.Run(() =>
        {
            var caller = Environment.CurrentManagedThreadId;
            LoopTeam.Run(2, _ =>
            {
                if (Environment.CurrentManagedThreadId != caller)
                    helped.Set();
                else
                    secondWaits.Wait(patience);
            });
            release.Set();
        });
        Assert.True(helped.Wait(patience));
        // Until the helper sleeps.
        Thread.Sleep(200);
        var second = await Task.Run(() =>
        {
            var caller = Environment.CurrentManagedThreadId;
            var done = new int[2];
            LoopTeam.Run(2, piece =>
            {
                if (Environment.CurrentManagedThreadId != caller)
                {
                    secondHelped.Set();
                    release.Wait(patience);
                    Thread.Sleep(200);
                }
                else
                {
                    secondHelped.Wait(TimeSpan.FromSeconds(1));
                    secondWaits.Set();
                }

                Interlocked.Increment(ref done[piece]);
            });
            return done.ToArray();
        });
        Assert.Equal([1, 1], second);
        await first.WaitAsync(patience);
    }

    [Fact]
    public void WhatAPieceThrowsReachesTheCallerAndTheTeamGoesOn()
    {
        LoopTeam.Threads = 4;
        for (var round = 0; round < 50; round++)
            Assert.Throws<InvalidOperationException>(() => LoopTeam.Run(20, piece =>
            {
                if (piece % 7 == 3)
                    throw new InvalidOperationException();
            }));
        var sum = 0;
        LoopTeam.Run(100, piece => Interlocked.Add(ref sum, piece));
        Assert.Equal(4950, sum);
    }
}
