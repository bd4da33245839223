using System.Text;
using DeepPS.Data;
using Xunit.Abstractions;

namespace DeepPS.Tests;

/// <summary>Damaged tables, images and archives give a dataset or an error of ours.</summary>
[Collection(nameof(WholeProcess))]
public sealed class ReaderMutationTests(ITestOutputHelper output) : IDisposable
{
    private const int Rows = 40;
    private readonly DataFiles files = new();

    public void Dispose() => files.Dispose();

    private static readonly string[] Pictures =
        ["rgb0.jpg", "rgb8.png", "rgb.bmp", "lossless.webp", "frames.gif"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tables(bool zipped)
    {
        var text = new StringBuilder("Day,Amount,\"Name, full\",Note\r\n");
        for (var row = 0; row < Rows; row++)
            text.Append($"2024-05-{1 + row % 28:00},\"{row * 1.25:N2}\",n{row % 4},")
                .Append($"\"a \"\"quoted\"\"\n line, {row}\"\r\n");
        var whole = Encoding.UTF8.GetBytes(text.ToString());
        Try(1, zipped ? [DataFiles.Gzip(whole)] : [whole], zipped ? "table.csv.gz" : "table.csv", path =>
        {
            var data = CsvReader.Read(path, new CsvOptions { Label = "Amount" });
            DataPlan.Fit(data).Encode(data, withLabel: true);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IdxFiles(bool zipped)
    {
        byte[] whole = [0, 0, 8, 3, 0, 0, 0, 5, 0, 0, 0, 4, 0, 0, 0, 3, .. new byte[60]];
        Try(2, [zipped ? DataFiles.Gzip(whole) : whole], "images", path => IdxReader.Read(path));
    }

    [Fact]
    public void ImageFiles()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "golden", "images");
        Try(3, Pictures.Select(name => File.ReadAllBytes(Path.Combine(folder, name))).ToArray(), "picture", path =>
            ImageSetReader.ReadFiles("pictures", [new ImageFile(path, "a")], new ImageSetOptions { Strict = true }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Archives(bool zipped)
    {
        var whole = CifarFiles.Tar(CifarFiles.Ten());
        Try(4, [zipped ? DataFiles.Gzip(whole) : whole], zipped ? "cifar.tar.gz" : "cifar.tar", path =>
        {
            CifarReader.Parts(path);
            CifarReader.Read(path);
        });
    }

    private void Try(int seed, byte[][] seeds, string name, Action<string> read)
    {
        var random = new Random(seed);
        var outcomes = new Outcomes();
        for (var i = 0; i < Mutation.Count; i++)
        {
            var path = files.Write(name, Mutation.Bytes(seeds[i % seeds.Length], random));
            outcomes.Try(() => read(path));
        }

        outcomes.Check(output);
    }
}
