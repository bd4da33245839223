using System.Text;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

/// <summary>
/// Files with changed bytes give data or a DlException, and no more values than they have bytes. The environment
/// variable DEEPPS_FUZZ sets how many are tried of each kind.
/// </summary>
public sealed class DataFuzzTests : IDisposable
{
    private static readonly int Tries = FuzzCount.PerKind;

    private static readonly byte[][] Tokens = Array.ConvertAll(
        ["\"", "\"\"", ",", ";", "\t", "\n", "\r", "\r\n", "#", "\0", "\uFEFF", "\uFFFE", "1e999", "-", ".",
            "9999999999999999999999", "2024-05-01", "31/31/31"],
        (string token) => Encoding.UTF8.GetBytes(token));

    private readonly DataFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Csv()
    {
        const string text = "id,when,name,value\r\n1,2024-05-01,\"a, \"\"b\"\"\",1.5\r\n2,5/31/2024 "
            + "12:00,é,-2e3\r\n\r\n# no\r\n3,,\"x\r\ny\",NA\r\n";
        byte[][] seeds =
        [
            Encoding.UTF8.GetBytes(text), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
                Encoding.Latin1.GetBytes(text),
            DataFiles.Gzip(text),
                Encoding.UTF8.GetBytes(
                string.Concat(Enumerable.Range(0, 50).Select(i => $"{i};{i * 0.5};x{i % 3}\n").Prepend("n;m;c\n"))
                .Replace('.', ',')),
        ];
        var random = new Random(5);
        for (var i = 0; i < Tries; i++)
        {
            var bytes = Mutate(seeds[i % seeds.Length], random);
            var path = files.Write("fuzz.csv", bytes);
            var options = new CsvOptions
            {
                ChunkSize = i % 2 == 0 ? 16 : 1 << 16, Comment = i % 3 == 0 ? '#' : null, FastPath = i % 7 != 0,
            };
            if (Try(() => CsvReader.Read(path, options)) is { } data)
                Assert.InRange((long)data.Count * data.Columns.Count, 1, 4L * 1032 * bytes.Length);
        }
    }

    [Fact]
    public void Idx()
    {
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2,
            .. Enumerable.Range(0, 12).Select(i => (byte)i)];
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2];
        byte[][] seeds = [images, DataFiles.Gzip(images)];
        var random = new Random(6);
        for (var i = 0; i < Tries; i++)
        {
            var bytes = Mutate(seeds[i % seeds.Length], random);
            var path = files.Write("fuzz-images", bytes);
            var labelPath = files.Write("fuzz-labels", i % 4 == 0 ? Mutate(labels, random) : labels);
            if (Try(() => IdxReader.Read(path, labelPath)) is { } data)
                Assert.InRange(((ImageColumn)data.Columns[0]).Pixels.LongLength, 1, 1032 * bytes.Length);
        }
    }

    private static Dataset? Try(Func<Dataset> read)
    {
        try
        {
            return read();
        }
        catch (DlException)
        {
            return null;
        }
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var changes = random.Next(1, 6); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.Slice(at, Math.Min(random.Next(1, 20), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return bytes.ToArray();
    }
}
