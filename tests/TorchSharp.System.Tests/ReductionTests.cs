using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class ReductionTests
{
    private static readonly double[] Numbers = [3, 1, 2, 5, 4, 9];

    [Fact]
    public void Sums_and_moments_are_as_by_hand()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(Numbers).reshape(2, 3);
        var mean = Numbers.Average();
        var squares = Numbers.Sum(v => (v - mean) * (v - mean));

        Expect.Close(24, x.sum());
        Expect.Close([6, 18], x.sum(1));
        Expect.Close([8, 5, 11], x.sum([0L]));
        Expect.Close(24, x.sum(0, 1));
        Expect.Close(mean, x.mean());
        Expect.Close([2, 6], x.mean([1]));
        Expect.Close(Math.Sqrt(squares / 5), x.std());
        Expect.Close(squares / 6, x.var(unbiased: false));
        Expect.Close([1, 7], x.var(1));
        Expect.Close(1080, x.prod());
        Expect.Close(Math.Sqrt(Numbers.Sum(v => v * v)), x.norm());
        Expect.Close(Math.Log(Numbers.Sum(Math.Exp)), x.flatten().logsumexp(0));
        Expect.Close([3, 4, 6, 5, 9, 18], x.cumsum(1));
        Expect.Close(5, x.count_nonzero() - 1);
        Assert.Equal(ScalarType.Float32, x.sum(ScalarType.Float32).dtype);
    }

    [Fact]
    public void Extremes_come_with_their_places()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(Numbers).reshape(2, 3);

        Expect.Close(9, x.max());
        var (values, indexes) = x.min(1);
        Expect.Close([1, 4], values);
        Expect.Close([1, 1], indexes);
        Expect.Close([0, 2], x.argmax(1));
        Expect.Close([5, 4, 9], x.amax(0));
        Expect.Close([1, 4], x.amin([1], keepdim: false));
        var (top, places) = x.flatten().topk(2);
        Expect.Close([9, 5], top);
        Expect.Close([5, 3], places);
        var (sorted, order) = x.flatten().sort(descending: true);
        Expect.Close([9, 5, 4, 3, 2, 1], sorted);
        Expect.Close([5, 3, 4, 0, 2, 1], order);
        Expect.Close([1, 2, 0, 4, 3, 5], x.flatten().argsort());
        Expect.Close(3, x.median());
    }

    [Fact]
    public void Truths_and_counts_are_reduced()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(new long[] { 3, 1, 3, 0 });

        Assert.True((x >= 0).all().ToBoolean());
        Assert.False((x > 3).any().ToBoolean());
        Expect.Close([1, 1, 0, 2], x.bincount(null));
        var (output, inverse, counts) = x.unique(return_inverse: true, return_counts: true);
        Expect.Close([0, 1, 3], output);
        Expect.Close([2, 1, 2, 0], inverse);
        Expect.Close([1, 1, 2], counts);
    }

    [Fact]
    public void Softmax_is_a_distribution_with_the_right_gradient()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(Numbers).reshape(2, 3);
        var sum = Math.Exp(3) + Math.Exp(1) + Math.Exp(2);

        Expect.Close([Math.Exp(3) / sum, Math.Exp(1) / sum, Math.Exp(2) / sum], x.softmax(1)[0]);
        Expect.Close([3 - Math.Log(sum), 1 - Math.Log(sum), 2 - Math.Log(sum)], x.log_softmax(1)[0]);
        Expect.Gradient(v => v.softmax(1).square(), x);
        Expect.Gradient(v => v.var(1) + v.logsumexp(1), x);
    }
}
