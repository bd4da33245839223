using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class SumLoopTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void SumsAreThoseOfTorch(int lists)
    {
        using var scope = NewDisposeScope();
        long[] sizes = [3, 0, 1, 17, 70_001, 200_000];
        var terms = Enumerable.Range(0, lists)
            .Select(_ => sizes.Select(size => randn(size)).ToArray()).ToArray();
        var sums = sizes.Select(size => full([size], 7f)).ToArray();
        SumLoop.Add(terms, sums);
        for (var place = 0; place < sizes.Length; place++)
        {
            var expected = terms.Select(list => list[place]).Aggregate((sum, term) => sum.add(term));
            Assert.True(expected.eq(sums[place]).all().ToBoolean(), $"the sums of {sizes[place]} numbers");
        }
    }
}
