using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class ShapeTests
{
    [Fact]
    public void Views_and_joins_keep_the_elements()
    {
        using var scope = NewDisposeScope();
        var x = arange(6, ScalarType.Float32).view(2, 3);

        Assert.Equal([3, 2], x.t().shape);
        Expect.Close([0, 3, 1, 4, 2, 5], x.transpose(0, 1));
        Expect.Close([0, 3, 1, 4, 2, 5], x.permute(1, 0));
        Assert.Equal([2, 1, 3], x.unsqueeze(1).shape);
        Assert.Equal([2, 3], x.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([6], x.flatten().shape);
        Assert.Equal([2, 3, 1], x.unflatten(1, 3, 1).shape);
        Assert.Equal([4, 2, 3], x.expand(4, -1, -1).shape);
        Expect.Close([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5], x.repeat(2, 1));
        Expect.Close([0, 0, 1, 1, 2, 2], x[0].repeat_interleave(2));
        Expect.Close([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5], cat([x, x]));
        Assert.Equal([2, 2, 3], stack([x, x], 1).permute(0, 1, 2).shape);
        Assert.Equal([[2, 2], [2, 1]], x.split([2, 1], 1).Select(t => t.shape));
        Assert.Equal(2, x.chunk(2).Length);
        Expect.Close([1, 4], x.narrow(1, 1, 1));
        Expect.Close([5, 4, 3, 2, 1, 0], x.flip(0, 1));
        Expect.Close([2, 0, 1, 5, 3, 4], x.roll(1, 1));
        Expect.Close([0, 0, 0, 3, 4, 0], x.tril());
        Expect.Close([0, 4], x.diagonal());
        Expect.Close([0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5], x.flatten().unfold(0, 3, 1));
        Expect.Close([0, 0, 1, 2, 0, 0, 3, 4, 5, 0], nn.functional.pad(x, (1, 1)));
    }

    [Fact]
    public void Indices_of_each_kind_select_as_in_numpy()
    {
        using var scope = NewDisposeScope();
        var x = arange(24, ScalarType.Float32).view(2, 3, 4);

        Expect.Close([12, 13, 14, 15], x[1, 0]);
        Expect.Close(23, x[-1, -1, -1]);
        Expect.Close([1, 5, 9], x[0, TensorIndex.Colon, 1]);
        Expect.Close([3, 7, 11, 15, 19, 23], x[TensorIndex.Ellipsis, -1]);
        Expect.Close([4, 5, 8, 9], x[0, 1.., ..2]);
        Expect.Close([0, 2], x[0, 0, TensorIndex.Slice(0, null, 2)]);
        Assert.Equal([1, 2, 3, 4], x[TensorIndex.None].shape);
        Expect.Close([8, 9, 10, 11, 0, 1, 2, 3], x[0, TensorIndex.Tensor(torch.tensor(new long[] { 2, 0 }))]);
        Expect.Close([22, 23], x[x > 21]);
        var rows = torch.tensor(new[,] { { true, false, false }, { false, false, true } });
        Expect.Close([1, 2, 21, 22], x[TensorIndex.Tensor(rows), 1..3]);
        Assert.Equal([1, 2, 3, 4], x[TensorIndex.Bool(true)].shape);
        Assert.Throws<IndexOutOfRangeException>(() => x[0, 0, 0, 0]);
        Assert.ThrowsAny<Exception>(() => x[2]);
    }

    [Fact]
    public void Assignment_by_index_writes_through()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 3);

        x[0, 1] = 5;
        x[TensorIndex.Colon, 2] = torch.tensor(new float[] { 7, 8 });
        x[x > 7] = -1;
        Expect.Close([0, 5, 7, 0, 0, -1], x);
        x.index_put_(torch.tensor(1f), [TensorIndex.Tensor(torch.tensor(new long[] { 0, 0 }))], accumulate: true);
        Expect.Close([2, 7, 9, 0, 0, -1], x);
        x.index_put_(9, TensorIndex.Single(1));
        Expect.Close([2, 7, 9, 9, 9, 9], x);
    }

    [Fact]
    public void Gathers_and_scatters_go_by_their_index()
    {
        using var scope = NewDisposeScope();
        var x = arange(6, ScalarType.Float32).view(2, 3);
        var index = torch.tensor(new long[,] { { 2, 0 }, { 1, 1 } });

        Expect.Close([2, 0, 4, 4], x.gather(1, index));
        Expect.Close([0, 2, 3, 5], x.index_select(1, torch.tensor(new long[] { 0, 2 })));
        Expect.Close([1, 0, 1, 0, 1, 0], zeros(2, 3).scatter_(1, index, ones(2, 2)));
        Expect.Close([1, 0, 1, 0, 2, 0], zeros(2, 3).scatter_add_(1, index, ones(2, 2)));
        Expect.Close([0, 1, 2, -9, -9, -9], x.masked_fill(x > 2, -9));
        Expect.Close([3, 4, 5], x.masked_select(x > 2));
        Expect.Close([0, 3], x.take(torch.tensor(new long[] { 0, 3 })));
        Assert.Equal([5, 2], x.nonzero().shape);
        Expect.Close([9, 0, 9, 1], torch.tensor(new float[] { 0, 1 }).repeat_interleave(2).masked_fill(
            torch.tensor(new[] { true, false, true, false }), 9));
    }
}
