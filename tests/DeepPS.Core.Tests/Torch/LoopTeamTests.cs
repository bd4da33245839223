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

    [Fact]
    public void WhatAPieceThrowsReachesTheCallerAndTheTeamGoesOn()
    {
        LoopTeam.Threads = 4;
        for (var round = 0; round < 50; round++)
            Assert.ThrowsAny<Exception>(() => LoopTeam.Run(20, piece =>
            {
                if (piece % 7 == 3)
                    throw new InvalidOperationException();
            }));
        var sum = 0;
        LoopTeam.Run(100, piece => Interlocked.Add(ref sum, piece));
        Assert.Equal(4950, sum);
    }
}
