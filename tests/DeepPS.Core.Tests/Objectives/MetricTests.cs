using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class MetricTests
{
    private static readonly double[] Labels = [3, -0.5, 2, 7, 4.25, 1e-3, -8];
    private static readonly double[] Guesses = [2.5, 0, 2, 8, 3, 1, -6.5];

    public static TheoryData<int[]> Batches => [[7], [1, 1, 1, 1, 1, 1, 1], [3, 4], [5, 0, 2]];

    [Theory]
    [MemberData(nameof(Batches))]
    public void NumbersAreMeasuredOverTheWholeSetHoweverItIsCut(int[] batches)
    {
        var errors = Labels.Zip(Guesses, (label, guess) => label - guess).ToArray();
        Assert.Equal(errors.Average(Math.Abs), Measure(new MAE(), Labels, Guesses, batches), 12);
        Assert.Equal(Math.Sqrt(errors.Average(e => e * e)), Measure(new RMSE(), Labels, Guesses, batches), 12);
        var mean = Labels.Average();
        var explained = 1 - errors.Sum(e => e * e) / Labels.Sum(label => (label - mean) * (label - mean));
        Assert.Equal(explained, Measure(new R2(), Labels, Guesses, batches), 12);
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void AccuracyIsTheShareOfHits(int[] batches)
    {
        using var sum = Begin(new Accuracy());
        long[] labels = [0, 1, 2, 2, 1, 0, 5];
        long[] guesses = [0, 2, 2, 2, 1, 1, 5];
        var first = 0;
        foreach (var count in batches)
        {
            using var guess = tensor(guesses[first..(first + count)], dtype: ScalarType.Int64);
            using var label = tensor(labels[first..(first + count)], dtype: ScalarType.Int64);
            sum.Add(new MetricBatch(guess, label));
            first += count;
        }

        Assert.Equal(5.0 / 7, ValueOf(sum), 15);
    }

    public static TheoryData<string> Names => new(CatalogIndex.Get(CatalogKind.Metric)
        .Select(entry => entry.Name).Where(name => CatalogIndex.Create<Metric>(name) is not TextMetric));

    [Theory]
    [MemberData(nameof(Names))]
    public void NoSampleGivesNaN(string name)
    {
        var metric = CatalogIndex.Create<Metric>(name);
        using var sum = metric.Begin(CPU, metric.LabelKind == LabelKind.Class ? ["a", "b", "c"] : []);
        Assert.All(sum.Values(name), value => Assert.True(double.IsNaN(value.Value), $"{value.Key} is {value.Value}"));
        Assert.Equal(metric.IsTable, !sum.Values(name).Any());
    }

    [Fact]
    public void R2OfALabelThatNeverChangesIsOneOrZero()
    {
        Assert.Equal(1, Measure(new R2(), [4, 4, 4], [4, 4, 4], [1, 2]));
        Assert.Equal(0, Measure(new R2(), [4, 4, 4], [4, 4, 5], [1, 2]));
        Assert.True(double.IsNaN(Measure(new R2(), [4], [4], [1])));
    }

    /// <summary>Their softmax is 1 in each row, or 0.</summary>
    [Theory]
    [InlineData("RocAuc")]
    [InlineData("AveragePrecision")]
    public void ScoresKeepTheOrderOfProbabilitiesThatRoundToOne(string name)
    {
        double Value(Loss loss, double[,] outputs, int classes, params long[] targets)
        {
            using var scope = NewDisposeScope();
            var output = tensor(outputs, dtype: ScalarType.Float32);
            var metric = CatalogIndex.Create<Metric>(name);
            using var sum = metric.Begin(CPU, new[] { "a", "b", "c" }[..classes]);
            using var batch = new MetricBatch(loss.Classes(output), tensor(targets), output, loss, classes);
            sum.Add(batch);
            return sum.Values(name).Single().Value;
        }

        var two = new double[,] { { 0, 60 }, { 0, 61 }, { 0, 62 }, { 0, 63 } };
        Assert.Equal(1, Value(new CrossEntropy(), two, 2, 0, 0, 1, 1));
        Assert.Equal(1, Value(new Focal(), two, 2, 0, 0, 1, 1));
        var one = new double[,] { { 60 }, { 61 }, { 62 }, { 63 } };
        Assert.Equal(1, Value(new BinaryCrossEntropy(), one, 2, 0, 0, 1, 1));
        var logs = new double[,] { { 0, -903 }, { 0, -902 }, { 0, -901 }, { 0, -900 } };
        Assert.Equal(1, Value(new NLL(), logs, 2, 0, 0, 1, 1));
        Assert.Equal(1, Value(new CrossEntropy(), new double[,]
        {
            { 90, 0, 20 }, { 80, 0, 20 }, { 5, 99, 20 }, { 0, 90, 20 }, { 60, 19, 20 }, { 18, 58, 20 },
        }, 3, 0, 0, 1, 1, 2, 2));
    }

    [Fact]
    public void TheErrorsOfOneSignalArePooled()
    {
        double Pooled(Metric metric, bool isOne)
        {
            using var sum = metric.Begin(CPU, []);
            using var batch = new MetricBatch(tensor(new double[] { 1, 0, 1, 4 }).reshape(2, 2),
                tensor(new double[] { 1, 0, 1, 8 }).reshape(2, 2))
            { IsOneSignal = isOne };
            sum.Add(batch);
            return ValueOf(sum);
        }

        Assert.Equal(2, Pooled(new RMSE(), true), 12);
        Assert.Equal(Math.Sqrt(8) / 2, Pooled(new RMSE(), false), 12);
        Assert.Equal(0.5, Pooled(new R2(), true), 12);
        Assert.Equal(0.75, Pooled(new R2(), false), 12);
    }

    [Fact]
    public void R2OfTheMeanIsZeroAndOfWorseBelow()
    {
        Assert.Equal(0, Measure(new R2(), [1, 2, 3], [2, 2, 2], [3]), 12);
        Assert.Equal(-3, Measure(new R2(), [1, 2, 3], [3, 2, 1], [3]), 12);
    }

    /// <summary>The mean of squares minus the square of the mean would lose all digits here.</summary>
    [Fact]
    public void R2KeepsItsDigitsWhereTheLabelIsLargeBesideItsSpread()
    {
        var labels = Enumerable.Range(0, 1000).Select(i => 1e8 + i % 2).ToArray();
        var guesses = labels.Select(label => label + 0.25).ToArray();
        Assert.Equal(0.75, Measure(new R2(), labels, guesses, [400, 600]), 9);
    }

    [Fact]
    public void ASumOutlivesTheScopeThatItIsMadeAndAddedToIn()
    {
        MetricSum sum;
        using (var scope = NewDisposeScope())
        {
            sum = Begin(new R2());
            sum.Add(new MetricBatch(tensor(Guesses), tensor(Labels)));
            Assert.Equal(2, scope.DisposablesCount);
        }

        using (sum)
            Assert.InRange(ValueOf(sum), 0.9, 1);
    }

    private static double Measure(Metric metric, double[] labels, double[] guesses, int[] batches)
    {
        using var sum = Begin(metric);
        var first = 0;
        foreach (var count in batches)
        {
            using var guess = tensor(guesses[first..(first + count)], dtype: ScalarType.Float64).reshape(count, 1);
            using var label = tensor(labels[first..(first + count)], dtype: ScalarType.Float64).reshape(count, 1);
            sum.Add(new MetricBatch(guess, label));
            first += count;
        }

        return ValueOf(sum);
    }

    private static MetricSum Begin(Metric metric) => metric.Begin(CPU, []);

    private static double ValueOf(MetricSum sum) => sum.Values("value").Single().Value;
}
