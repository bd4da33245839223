using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using DeepPS.Data;

namespace DeepPS.Tests;

/// <summary>Data files that would take much memory if they were believed.</summary>
public sealed class HostileFileTests : IDisposable
{
    /// <summary>More than reading takes, and less than what the files ask for.</summary>
    private const long Enough = 1L << 30;

    private readonly DataFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void ARowOfAMillionCommas()
    {
        var row = new string(',', 1_000_000) + "\n";
        foreach (var text in new[] { row, row + row, string.Concat(Enumerable.Repeat(row, 60)) })
        {
            var path = files.Write("wide.csv", text);
            Assert.Contains("-Delimiter", Within(() => DataFiles.Fails("TooManyColumns", Read)).Message);

            void Read() => CsvReader.Read(path, new CsvOptions());
        }

        var later = files.Write("later.csv", "a,b\n1,2\n" + row);
        Within(() => DataFiles.Fails("RaggedRow", () => CsvReader.Read(later, new CsvOptions())));
    }

    [Fact]
    public void ALineWithoutAnEnd()
    {
        var path = Gzipped("endless.csv", 400, Encoding.ASCII.GetBytes(new string('1', 1 << 20)));
        Within(() => DataFiles.Fails("InvalidCsv", () => CsvReader.Read(path, new CsvOptions())));
    }

    /// <summary>Ten million bytes of valid rows in a small file: the columns go to files.</summary>
    [Fact]
    public void ATableThatIsFarLargerThanItsCompressedFile()
    {
        const int parts = 80, rows = 1 << 15;
        const long limit = 4 << 20;
        var part = string.Concat(Enumerable.Range(0, rows).Select(row => $"{row % 7},{row % 9}\n"));
        var path = Gzipped("bomb.csv.gz", parts, Encoding.ASCII.GetBytes(part));
        Assert.True(new FileInfo(path).Length * 20 < limit);
        var messages = new List<string>();
        var data = CsvReader.Read(path, new CsvOptions { Header = false, MemoryLimit = limit, Log = messages.Add });
        Assert.NotNull(data.Budget);
        Assert.Contains(messages, text => text.Contains("they are in files", StringComparison.Ordinal));
        Assert.Equal(rows * parts, data.Count);
        foreach (var row in new[] { 0, 8, rows - 1, data.Count - 1 })
        {
            Assert.Equal(row % rows % 7, (double)data.Columns[0][row]!);
            Assert.Equal(row % rows % 9, (double)data.Columns[1][row]!);
        }

        Assert.Null(CsvReader.Read(path, new CsvOptions { Header = false, MemoryLimit = 1L << 30 }).Budget);
    }

    [Fact]
    public void PackedFilesAreNoTables()
    {
        var zip = Path.Combine(files.Folder, "table.csv");
        using (var archive = new ZipArchive(File.Create(zip), ZipArchiveMode.Create))
        using (var entry = archive.CreateEntry("inner.csv").Open())
            entry.Write("a,b\n1,2\n"u8);
        Assert.Contains("Expand-Archive",
            DataFiles.Fails("InvalidCsv", () => CsvReader.Read(zip, new CsvOptions())).Message);
        var twice = files.Write("twice.csv.gz", DataFiles.Gzip(DataFiles.Gzip("a,b\n1,2\n")));
        Assert.Contains("twice", DataFiles.Fails("InvalidCsv", () => CsvReader.Read(twice, new CsvOptions())).Message);
    }

    /// <summary>An entry of 2 GB in a gzip file of 2 MB: in the place of a batch, as a name, and beside them.</summary>
    [Theory]
    [InlineData("data_batch_1.bin", '0', "NotCifar")]
    [InlineData("PaxHeaders/x", 'x', "CorruptArchive")]
    [InlineData("././@LongLink", 'L', "CorruptArchive")]
    [InlineData("readme.html", '0', "FileNotFound")]
    public void OneHugeEntry(string name, char type, string id)
    {
        const int megabytes = 2047;
        var header = new byte[512];
        Encoding.ASCII.GetBytes(name).CopyTo(header, 0);
        Encoding.ASCII.GetBytes(Convert.ToString(megabytes * (1L << 20), 8).PadLeft(11, '0')).CopyTo(header, 124);
        header[156] = (byte)type;
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0')).CopyTo(header, 148);
        header[154] = 0;
        var path = Gzipped("cifar-10-binary.tar.gz", megabytes, new byte[1 << 20], header);
        Within(() => DataFiles.Fails(id, () => CifarReader.Read(path)));
    }

    /// <summary>Long names, large numbers, folders and links: as tar and .NET write them.</summary>
    [Theory]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.V7)]
    public void AllFormsOfArchivesAreRead(TarEntryFormat format)
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, format, leaveOpen: true))
        {
            TarEntry Entry(TarEntryType type, string name) => format switch
            {
                TarEntryFormat.Pax => new PaxTarEntry(type, name),
                TarEntryFormat.Gnu => new GnuTarEntry(type, name),
                TarEntryFormat.Ustar => new UstarTarEntry(type, name),
                _ => new V7TarEntry(type == TarEntryType.RegularFile ? TarEntryType.V7RegularFile : type, name),
            };
            var longName = format is TarEntryFormat.Pax or TarEntryFormat.Gnu ? new string('é', 120) + "/" : "";
            tar.WriteEntry(Entry(TarEntryType.Directory, "a folder/"));
            var link = Entry(TarEntryType.SymbolicLink, "data_batch_3.bin");
            link.LinkName = "elsewhere";
            tar.WriteEntry(link);
            var batch = Entry(TarEntryType.RegularFile, $"{longName}data_batch_1.bin");
            batch.DataStream = new MemoryStream(CifarFiles.Records(0, [2], [1]));
            tar.WriteEntry(batch);
        }

        var data = CifarReader.Read(files.Write("cifar-10.tar", memory.ToArray()));
        Assert.Equal(2, data.Count);
    }

    private string Gzipped(string name, int count, byte[] part, byte[]? before = null)
    {
        var path = Path.Combine(files.Folder, name);
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        gzip.Write(before ?? []);
        for (var i = 0; i < count; i++)
            gzip.Write(part);
        // The end of an archive.
        gzip.Write(before is null ? [] : new byte[1024]);
        return path;
    }

    /// <summary>Checks the memory that this thread asks for.</summary>
    private static T Within<T>(Func<T> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = read();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Enough);
        return result;
    }
}
