using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class RandomTests
{
    [Fact]
    public void A_seed_repeats_the_numbers()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var first = randn(4);
        manual_seed(5);

        Assert.True(first.Equals(randn(4)));
        Assert.False(first.Equals(randn(4)));
    }

    [Fact]
    public void A_generator_has_a_state_of_its_own()
    {
        using var scope = NewDisposeScope();
        using var a = new Generator(3);
        using var b = new Generator(3);
        rand(8, generator: a);
        var state = a.get_state();
        var next = rand(8, generator: a);

        rand(3);
        rand(8, generator: b);
        Assert.True(next.Equals(rand(8, generator: b)));
        a.set_state(state);
        Assert.True(next.Equals(rand(8, generator: a)));
        Assert.Equal(3, b.initial_seed());
        Assert.Equal(9, b.manual_seed(9).initial_seed());
        Assert.Equal(DeviceType.CPU, a.device.type);
    }

    [Fact]
    public void Distributions_have_their_moments()
    {
        using var scope = NewDisposeScope();
        using var g = new Generator(7);
        const int N = 20000;

        Assert.InRange(rand(N, generator: g).mean().ToDouble(), 0.48, 0.52);
        Assert.InRange(randn(N, generator: g).std().ToDouble(), 0.97, 1.03);
        Assert.InRange(zeros(N).normal_(3, 2, g).mean().ToDouble(), 2.9, 3.1);
        var u = zeros(N).uniform_(-1, 1, g);
        Assert.InRange(u.min().ToDouble(), -1, -0.99);
        Assert.InRange(zeros(N).bernoulli_(0.3, g).mean().ToDouble(), 0.28, 0.32);
        Assert.InRange(zeros(N).exponential_(2, g).mean().ToDouble(), 0.47, 0.53);
        var r = randint(2, 5, [N], generator: g);
        Assert.Equal(ScalarType.Int64, r.dtype);
        Assert.Equal([2, 4], new[] { r.min().ToInt64(), r.max().ToInt64() });
        Expect.Close([0, 1, 2, 3, 4], randperm(5, generator: g).sort().Values);
        Assert.Equal([3], torch.tensor(new float[] { 0, 0, 0, 1 }).multinomial(1, generator: g).data<long>().ToArray());
    }
}
