using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class AutogradTests
{
    [Fact]
    public void Gradients_add_up_in_the_leaves()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(new double[] { 1, 2 }, requires_grad: true);

        Assert.Null(x.grad);
        (x * x).sum().backward();
        Expect.Close([2, 4], x.grad!);
        (3 * x).sum().backward();
        Expect.Close([5, 7], x.grad!);
        x.grad!.zero_();
        Expect.Close([0, 0], x.grad!);
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void A_graph_is_kept_when_asked()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(2.0, requires_grad: true);
        var y = x.pow(3);

        y.backward(retain_graph: true);
        y.backward();
        Expect.Close(24, x.grad!);
        Assert.Throws<ExternalException>(() => y.backward());
    }

    [Fact]
    public void Second_derivatives_come_from_gradients_with_graphs()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(2.0, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        var second = autograd.grad([first], [x])[0];

        Expect.Close(12, first);
        Expect.Close(12, second);
        var unused = torch.tensor(1.0, requires_grad: true);
        Assert.Null(autograd.grad([x * 2], [unused], allow_unused: true)[0]);
    }

    [Fact]
    public void Weights_of_the_outputs_are_taken()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, ScalarType.Float64, requires_grad: true);

        (x * 2).backward([torch.tensor(new double[] { 1, 10 })]);
        Expect.Close([2, 20], x.grad!);
    }

    [Fact]
    public void Modes_are_the_threads_and_end_with_their_block()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            var elsewhere = false;
            var thread = new Thread(() => elsewhere = is_grad_enabled());
            thread.Start();
            thread.Join();
            Assert.True(elsewhere);
        }

        Assert.True(is_grad_enabled());
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }

        Assert.False(is_inference_mode_enabled());
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void Detached_tensors_share_memory_and_leave_the_graph()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = x.detach();

        Assert.False(y.requires_grad);
        Assert.True(x.is_leaf);
        Assert.False((x * 2).is_leaf);
        y.fill_(7);
        Expect.Close([7, 7], x);
        var kept = x * 2;
        kept.retain_grad();
        kept.sum().backward();
        Expect.Close([1, 1], kept.grad!);
    }
}
