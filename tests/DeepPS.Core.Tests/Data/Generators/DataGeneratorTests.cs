using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class DataGeneratorTests
{
    private static string Hash(Dataset data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var column in data.Columns)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(column.Name));
            hash.AppendData(column switch
            {
                NumberColumn numbers => MemoryMarshal.AsBytes<double>(numbers.Values),
                CategoryColumn { Settings.Kind: ColumnKind.Text } texts =>
                    Encoding.UTF8.GetBytes(string.Join('\n', texts.Codes.ToArray().Select(code => texts.Levels[code]))),
                CategoryColumn categories => MemoryMarshal.AsBytes<int>(categories.Codes),
                TimeColumn times => MemoryMarshal.AsBytes<long>(times.Ticks),
                ImageColumn images => images.Pixels,
                TreeColumn trees => [.. MemoryMarshal.AsBytes<int>(trees.Trees.Parents),
                    .. MemoryMarshal.AsBytes<float>(trees.Trees.Values)],
                _ => throw new NotSupportedException(),
            });
        }

        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }

    /// <summary>
    /// The same seed gives the same bytes on every machine and in every version: models and examples rely on it.
    /// </summary>
    [Theory]
    [InlineData("Xor", "6C63388F403F288E")]
    [InlineData("Spirals", "148CC905525F8985")]
    [InlineData("Moons", "F02DDFFA01C442EA")]
    [InlineData("Blobs", "F6A14D94DF7110B3")]
    [InlineData("Digits", "D31990A592A3FE77")]
    [InlineData("ServerMetrics", "EEBB120F4227EF38")]
    [InlineData("Tickets", "C6FABB8236273491")]
    [InlineData("ServerLoad", "4137120AB0C3324F")]
    [InlineData("Jets", "B12038003A18DA92")]
    public void SameSeedSameBytes(string name, string hash)
    {
        var generator = CatalogIndex.Create<DatasetGenerator>(name);
        Assert.Equal(1000, generator.Generate(1).Count);
        Assert.Equal(Hash(generator.Generate(1)), Hash(generator.Generate(1)));
        Assert.NotEqual(Hash(generator.Generate(1)), Hash(generator.Generate(2)));
        Assert.Equal(hash, Hash(generator.Generate(1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void AnyCountWorks(int count)
    {
        foreach (var entry in CatalogIndex.Get(CatalogKind.Dataset))
            Assert.Equal(count, ((DatasetGenerator)entry.Create([new("Count", count)])).Generate(0).Count);
    }

    [Fact]
    public void PointsLieWhereTheyShould()
    {
        var moons = new Moons { Count = 101, Noise = 0 }.Generate(1);
        for (var i = 0; i < moons.Count; i++)
        {
            var (x, y) = ((double)moons.Columns[0][i]!, (double)moons.Columns[1][i]!);
            var (middleX, middleY) = (string)moons.Label![i]! == "0" ? (0.0, 0.0) : (1, 0.5);
            Assert.Equal(1, Math.Sqrt((x - middleX) * (x - middleX) + (y - middleY) * (y - middleY)), 1e-6);
        }

        var xor = new Xor().Generate(1);
        for (var i = 0; i < xor.Count; i++)
            Assert.Equal((string)xor.Label![i]! == "1",
                (double)xor.Columns[0][i]! > 0 != (double)xor.Columns[1][i]! > 0);
        Assert.Equal(6, new Blobs { Features = 5 }.Generate(1).Columns.Count);
        Assert.Equal(4, ((CategoryColumn)new Spirals { Classes = 4 }.Generate(1).Label!).Codes.ToArray().Distinct()
            .Count());
    }

    [Fact]
    public void DigitsCanBeLearnedButAreNotAlike()
    {
        var (train, test) = (new Digits { Count = 2000 }.Generate(1), new Digits { Count = 500 }.Generate(2));
        var means = new double[10][];
        for (var digit = 0; digit < 10; digit++)
        {
            var rows = Enumerable.Range(0, train.Count).Where(i => ((CategoryColumn)train.Label!).Codes[i] == digit)
                .ToArray();
            Assert.InRange(rows.Length, 150, 250);
            means[digit] = Enumerable.Range(0, 784)
                .Select(p => rows.Average(i => (double)((ImageColumn)train.Columns[0]).Pixels[i * 784 + p])).ToArray();
        }

        var right = Enumerable.Range(0, test.Count).Count(i =>
        {
            var pixels = ((ImageColumn)test.Columns[0]).Pixels.AsSpan(i * 784, 784).ToArray();
            return Enumerable.Range(0, 10).MinBy(digit => pixels.Zip(means[digit], (a, b) => (a - b) * (a - b)).Sum())
                == ((CategoryColumn)test.Label!).Codes[i];
        });
        Assert.InRange(right / 500.0, 0.6, 0.9);
    }

    [Fact]
    public void ServersHaveEveryFailureAndMissingValues()
    {
        var data = new ServerMetrics { Count = 2000 }.Generate(1);
        Assert.All(Enumerable.Range(0, 5), failure =>
            Assert.InRange(((CategoryColumn)data.Label!).Codes.ToArray().Count(code => code == failure), 50, 1400));
        Assert.InRange(data.Find("Latency")!.Missing, 20, 200);
        Assert.InRange(data.Find("Region")!.Missing, 1, 100);
        Assert.Equal(0, data.Label!.Missing);
    }

    [Fact]
    public void TicketsDifferAndNameThingsOfOtherTeamsToo()
    {
        var data = new Tickets { Count = 2000 }.Generate(1);
        Assert.InRange(((CategoryColumn)data.Columns[0]).Levels.Count, 1900, 2000);
        Assert.All(Enumerable.Range(0, 5), team =>
            Assert.InRange(((CategoryColumn)data.Label!).Codes.ToArray().Count(code => code == team), 330, 470));
        var printers = Enumerable.Range(0, data.Count).Where(row => ((string)data.Columns[0][row]!).Contains("printer"))
            .ToArray();
        Assert.InRange(printers.Count(row => (string)data.Label![row]! != "Hardware"), 5, printers.Length / 2);
    }

    [Fact]
    public void PortableMathAgreesWithMath()
    {
        for (var x = 1e-300; x < 1e300; x *= 1.7)
            Assert.Equal(Math.Log(x), PortableMath.Log(x), 1e-12 * Math.Max(1, Math.Abs(Math.Log(x))));
        for (var x = -20.0; x < 20; x += 0.137)
        {
            Assert.Equal(1, PortableMath.Exp(x) / Math.Exp(x), 1e-13);
            var (sine, cosine) = PortableMath.SinCosOfTurn(x);
            Assert.Equal(Math.Sin(2 * Math.PI * x), sine, 1e-13);
            Assert.Equal(Math.Cos(2 * Math.PI * x), cosine, 1e-13);
        }
    }

    [Fact]
    public void RandomNumbersAreSpreadAsTheyShould()
    {
        var random = new SeededRandom(9);
        var normals = Enumerable.Range(0, 100_000).Select(_ => random.Normal()).ToArray();
        Assert.Equal(0, normals.Average(), 0.02);
        Assert.Equal(1, normals.Average(x => x * x), 0.02);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.Below(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 9500, 10500));
    }
}
