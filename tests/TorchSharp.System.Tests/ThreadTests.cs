using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class ThreadTests
{
    [Fact]
    public void Eight_threads_work_side_by_side()
    {
        using var shared = arange(100, ScalarType.Float64);
        var errors = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        var threads = Enumerable.Range(0, 8).Select(seed => new Thread(() =>
        {
            try
            {
                for (var i = 0; i < 300; i++) Work(shared, seed, i);
            }
            catch (Exception e)
            {
                errors.Enqueue(e);
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        Assert.Empty(errors);
    }

    [Fact]
    public void A_tensor_may_be_disposed_on_another_thread_than_its_scopes()
    {
        using var scope = NewDisposeScope();
        var tensors = Enumerable.Range(0, 200).Select(_ => ones(1)).ToArray();

        Parallel.ForEach(tensors, t => t.Dispose());
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void A_tensor_is_freed_once_however_many_dispose_it()
    {
        var before = Tensor.TotalCount;
        for (var i = 0; i < 50; i++)
        {
            var tensor = ones(1);
            Parallel.For(0, 8, _ => tensor.Dispose());
        }

        Assert.True(Tensor.TotalCount <= before);
    }

    private static void Work(Tensor shared, int seed, int i)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(4950.0 * seed, (shared * seed).sum().ToDouble(), 6);
        if (i % 10 == 0) Assert.Contains("size", Assert.ThrowsAny<Exception>(() => ones(2) + ones(seed + 3)).Message);
        var x = full([3], seed, ScalarType.Float64, requires_grad: true);
        x.square().sum().backward();
        Assert.Equal(2.0 * seed, x.grad![0].ToDouble());
        if (i % 50 == 0) ones(5).DetachFromDisposeScope();
    }
}
