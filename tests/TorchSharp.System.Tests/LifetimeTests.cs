using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class LifetimeTests
{
    public LifetimeTests() => Collect();

    [Fact]
    public void A_scope_frees_what_was_made_in_it()
    {
        var before = Tensor.TotalCount;
        using (var scope = NewDisposeScope())
        {
            for (var i = 0; i < 100; i++) ones(3).add(1).relu_();
            Assert.Equal(200, scope.DisposablesCount);
            Assert.Equal(before + 200, Tensor.TotalCount);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void What_moves_out_or_is_detached_lives_on()
    {
        Tensor outer, free, attached;
        using (var first = NewDisposeScope())
        {
            using (var second = NewDisposeScope())
            {
                Assert.Same(second, CurrentDisposeScope);
                outer = ones(1).MoveToOuterDisposeScope();
                free = ones(1).DetachFromDisposeScope();
                attached = ones(1);
                first.Attach(attached);
                Assert.True(first.Contains(outer));
                Assert.True(first.Contains(attached));
                Assert.False(second.Contains(free));
            }

            Assert.False(outer.IsInvalid);
            Assert.False(attached.IsInvalid);
        }

        Assert.True(outer.IsInvalid);
        Assert.True(attached.IsInvalid);
        Assert.False(free.IsInvalid);
        free.Dispose();
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void A_scope_can_keep_some_and_go_on()
    {
        using var scope = NewDisposeScope();
        var (a, b, c) = (ones(1), ones(1), ones(1));

        scope.DisposeEverythingBut(b);
        Assert.True(a.IsInvalid && c.IsInvalid && !b.IsInvalid);
        var (d, e) = scope.MoveToOuter(ones(1), ones(1));
        scope.DisposeEverything();
        Assert.True(b.IsInvalid && !d.IsInvalid && !e.IsInvalid);
        d.Dispose();
        e.Dispose();
    }

    [Fact]
    public void Disposing_a_tensor_takes_it_from_its_scope()
    {
        using var scope = NewDisposeScope();
        var tensors = Enumerable.Range(0, 5).Select(_ => ones(1)).ToArray();

        tensors[1].Dispose();
        tensors[1].Dispose();
        tensors[4].Dispose();
        Assert.Equal(3, scope.DisposablesCount);
        Assert.All([tensors[0], tensors[2], tensors[3]], t => Assert.True(scope.Contains(t)));
        Assert.Throws<ObjectDisposedException>(() => tensors[1].add(1));
    }

    [Fact]
    public void An_outer_scope_ends_the_inner_ones()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();

        Assert.Null(CurrentDisposeScope);
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Forgotten_tensors_are_freed_by_the_collector()
    {
        var before = Tensor.TotalCount;
        Forget();
        Assert.True(Tensor.TotalCount >= before + 50);
        Collect();

        Assert.Equal(before, Tensor.TotalCount);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget()
        {
            for (var i = 0; i < 50; i++) ones(10).add(1);
        }
    }

    [Fact]
    public void A_gradient_outlives_the_object_that_showed_it()
    {
        using var x = ones(2, requires_grad: true);
        using (NewDisposeScope())
        {
            (x * 3).sum().backward();
            Assert.NotNull(x.grad);
        }

        using var grad = x.grad!;
        Expect.Close([3, 3], grad);
    }

    [Fact]
    public void Memory_stays_flat_over_many_steps()
    {
        using var x = ones(64, 64, requires_grad: true);
        var before = 0L;
        for (var i = 0; i < 300; i++)
        {
            using var scope = NewDisposeScope();
            x.matmul(x).relu().sum().backward();
            x.grad!.zero_();
            if (i == 10) before = Tensor.TotalCount;
        }

        Collect();
        Assert.True(Tensor.TotalCount <= before);
    }

    [Fact]
    public void A_handle_can_leave_and_come_back()
    {
        var before = Tensor.TotalCount;
        var handle = torch.tensor(5f).DecoupleFromNativeHandle();
        Assert.Equal(before, Tensor.TotalCount);
        using var again = Tensor.UnsafeCreateTensor(handle);

        Assert.Equal(5f, again.item<float>());
    }

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
