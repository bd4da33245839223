using System.Formats.Tar;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class CifarReaderTests : IDisposable
{
    private readonly DataFiles files = new();

    public void Dispose() => files.Dispose();

    /// <summary>Writes files without their folders.</summary>
    private string Unpacked(Dictionary<string, byte[]> set)
    {
        foreach (var (name, bytes) in set)
            files.Write(Path.GetFileName(name), bytes);
        return files.Folder;
    }

    private string Archive(Dictionary<string, byte[]> set) =>
        files.Write("cifar-10-binary.tar.gz", CifarFiles.TarGz(set));

    private static void IsTen(Dataset data)
    {
        var image = Assert.IsType<ImageColumn>(data.Find("Image"));
        Assert.Equal(new Shape(3, 32, 32), image.Shape);
        Assert.Equal(Enumerable.Range(0, 4).SelectMany(CifarFiles.Pixels), image.Pixels);
        var label = Assert.IsType<CategoryColumn>(data.Label);
        Assert.Equal(["airplane", "automobile", "bird"], label.Levels);
        Assert.Equal([2, 1, 0, 1], label.Codes.ToArray());
        Assert.Equal(2, data.Columns.Count);
    }

    [Fact]
    public void AFolderIsReadBatchAfterBatch()
    {
        IsTen(CifarReader.Read(Unpacked(CifarFiles.Ten())));
        var test = CifarReader.Read(files.Folder, "Test");
        Assert.Equal(CifarFiles.Pixels(9), test.Columns[0][0]);
        Assert.Equal("automobile", test.Label![0]);
        Assert.Equal(["Train", "Test"], CifarReader.Parts(files.Folder));
        Assert.Empty(CifarReader.Parts(Path.Combine(files.Folder, "data_batch_1.bin")));
        DataFiles.Fails("FileNotFound", () => CifarReader.Read(files.Folder, "Validation"));
    }

    [Fact]
    public void AnArchiveIsReadAsItIs()
    {
        IsTen(CifarReader.Read(Archive(CifarFiles.Ten()), "train"));
        IsTen(CifarReader.Read(files.Folder));
        IsTen(CifarReader.Read(files.Write("plain.tar", CifarFiles.Tar(CifarFiles.Ten()))));
        Assert.Equal("cifar-10-binary (Test)", CifarReader.Read(files.Folder, "Test").Name);
        Assert.Equal(1, CifarReader.Read(files.Folder, "Test").Count);
        Assert.Equal(["Train", "Test"], CifarReader.Parts(files.Folder));
    }

    [Fact]
    public void OneFileIsReadWithTheNamesBesideIt()
    {
        var folder = Unpacked(CifarFiles.Ten());
        var data = CifarReader.Read(Path.Combine(folder, "data_batch_2.bin"), "Test");
        Assert.Equal(2, data.Count);
        Assert.Equal("airplane", data.Label![0]);
        File.Delete(Path.Combine(folder, "batches.meta.txt"));
        Assert.Equal(["0", "1"], ((CategoryColumn)CifarReader.Read(
            Path.Combine(folder, "data_batch_2.bin")).Label!).Levels);
    }

    [Fact]
    public void TenBatchesComeInTheOrderOfTheirNumbers()
    {
        for (var i = 1; i <= 11; i++)
            files.Write($"data_batch_{i}.bin", CifarFiles.Records(i, [(byte)i]));
        Assert.Equal(Enumerable.Range(1, 11), ((CategoryColumn)CifarReader.Read(files.Folder).Label!).Codes.ToArray());
    }

    [Fact]
    public void CifarHundredHasTwoLabelsOfWhichOneIsTaken()
    {
        var folder = Unpacked(CifarFiles.Hundred());
        var fine = CifarReader.Read(folder);
        Assert.Equal(["Image", "Label"], fine.Columns.Select(column => column.Name));
        Assert.Equal(["shark", "trout"], Enumerable.Range(0, 2).Select(row => fine.Label![row]));
        Assert.Equal(CifarFiles.Pixels(1), fine.Columns[0][1]);
        var coarse = CifarReader.Read(folder, label: "coarselabel");
        Assert.Equal(["Image", "CoarseLabel"], coarse.Columns.Select(column => column.Name));
        Assert.Equal(["fish", "flowers"], Enumerable.Range(0, 2).Select(row => coarse.Label![row]));
        Assert.Contains("CoarseLabel, Label", DataFiles.Fails(
            "LabelNotFound", () => CifarReader.Read(folder, label: "kind")).Message);
    }

    [Fact]
    public void WhatIsNoCifarFileIsRefused()
    {
        DlException Fails(string id, params (string Name, byte[] Bytes)[] set) => DataFiles.Fails(id,
            () => CifarReader.Read(Archive(set.ToDictionary(file => file.Name, file => file.Bytes))));
        Fails("NotCifar", ("data_batch_1.bin", new byte[3072]));
        Fails("NotCifar", ("data_batch_1.bin", []), ("data_batch_2.bin", CifarFiles.Records(0, [1])));
        Fails("NotCifar", ("train.bin", CifarFiles.Records(0, [1])));
        var few = Fails("NotCifar", ("data_batch_1.bin", CifarFiles.Records(0, [2])),
            ("batches.meta.txt", "a\nb\n"u8.ToArray()));
        Assert.Contains("2 names", few.Message);
        Fails("FileNotFound", ("test_batch.bin", CifarFiles.Records(0, [1])));
        Fails("FileNotFound", ("readme.txt", [1, 2, 3]));
        DataFiles.Fails("FileNotFound", () => CifarReader.Read(Path.Combine(files.Folder, "none.tar.gz")));
        DataFiles.Fails("EmptyFile", () => CifarReader.Read(files.Write("empty.tar.gz", [])));
        DataFiles.Fails("CorruptArchive", () => CifarReader.Read(files.Write("text.tar", new string('x', 2000))));
    }

    [Fact]
    public void AnArchiveThatWasCutShortIsRefused()
    {
        var zipped = CifarFiles.TarGz(CifarFiles.Ten());
        for (var length = 3; length < zipped.Length - 1; length += 7)
            DataFiles.Fails("TruncatedGzip", () => CifarReader.Read(files.Write("cut.tar.gz", zipped[..length])));
        var plain = CifarFiles.Tar(CifarFiles.Ten());
        for (var length = 512; length < plain.Length - 1024; length += 512)
            Assert.Throws<DlException>(() => CifarReader.Read(files.Write("cut.tar", plain[..length])));
    }

    /// <summary>
    /// A path out of the archive's folder, or a link, reads no file of this machine: nothing is unpacked.
    /// </summary>
    [Fact]
    public void PathsAndLinksInAnArchiveLeadNowhere()
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "data_batch_2.bin")
            {
                LinkName = "/etc/passwd",
            });
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "../../data_batch_1.bin")
            {
                DataStream = new MemoryStream(CifarFiles.Records(0, [1])),
            });
        }

        var data = CifarReader.Read(files.Write("odd.tar", memory.ToArray()));
        Assert.Equal(1, data.Count);
        Assert.Equal(["odd.tar"], Directory.GetFiles(files.Folder).Select(Path.GetFileName));
        Assert.False(File.Exists(Path.Combine(files.Folder, "../../data_batch_1.bin")));
    }

    /// <summary>
    /// Damaged archives give data or an error, and no header allocates memory for missing data.
    /// </summary>
    [Fact]
    public void MutatedArchivesGiveDataOrAnError()
    {
        var good = CifarFiles.Tar(CifarFiles.Ten());
        var headers = Headers(CifarFiles.Ten());
        var random = new SeededRandom(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failed = 0;
        const int Rounds = 2_000;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = (byte[])good.Clone();
            for (var i = random.Below(4); i >= 0; i--)
            {
                var header = headers[random.Below(headers.Length)];
                var at = random.Below(5) == 0 ? random.Below(bytes.Length) : header + random.Below(512);
                bytes[at] = (byte)random.Below(256);
                if (random.Below(2) == 0)
                    Seal(bytes.AsSpan(header, 512));
            }

            var path = files.Write("mutated.tar", bytes);
            try
            {
                CifarReader.Read(path);
            }
            catch (DlException)
            {
                failed++;
            }
        }

        Assert.InRange(failed, Rounds / 20, Rounds - 1);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < Rounds * 2_000_000L);
    }

    /// <summary>
    /// The places of the headers of an archive's files: each takes 512 bytes, and its file whole blocks of 512.
    /// </summary>
    private static int[] Headers(Dictionary<string, byte[]> set)
    {
        var offset = 0;
        return set.Values.Select(
            bytes => (offset += 512 + (bytes.Length + 511) / 512 * 512) - 512 - (bytes.Length + 511) / 512 * 512)
            .ToArray();
    }

    /// <summary>Writes the right checksum into a header.</summary>
    private static void Seal(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var value in header)
            sum += value;
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ")
            .CopyTo(header.Slice(148, 8));
    }

    [Fact]
    public void WhatHoldsSuchFilesIsTold()
    {
        Assert.False(CifarReader.Holds(files.Folder));
        files.Write("other.tar.gz", [1]);
        Assert.False(CifarReader.Holds(files.Folder));
        Archive(CifarFiles.Ten());
        Assert.True(CifarReader.Holds(files.Folder));
        Assert.True(CifarReader.Holds("x/data_batch_1.bin"));
        Assert.True(CifarReader.Holds("x/test.bin"));
        Assert.True(CifarReader.Holds("x/any.tgz"));
        Assert.False(CifarReader.Holds("x/training.bin"));
        Assert.False(CifarReader.Holds("x/train.csv"));
    }
}
