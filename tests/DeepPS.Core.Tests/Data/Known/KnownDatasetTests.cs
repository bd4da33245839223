using System.Security.Cryptography;
using DeepPS.Catalog;
using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class KnownDatasetTests : IDisposable
{
    private readonly DataFiles files = new();
    private readonly FileServer server = new();

    public void Dispose()
    {
        server.Dispose();
        files.Dispose();
    }

    /// <summary>A dataset like one of the catalog, but with small files.</summary>
    private sealed record Small(KnownDataset Like, IReadOnlyList<KnownFile> Published) : KnownDataset
    {
        public override string Name => Like.Name;

        public override IReadOnlyList<Uri> Addresses => [new("http://127.0.0.1:9/")];

        public override IReadOnlyList<KnownFile> Files => Published;

        public override Uri Homepage => Like.Homepage;

        public override string Licence => Like.Licence;

        public override string Citation => Like.Citation;

        public override IReadOnlyList<string> Parts => Like.Parts;

        public override Dataset Read(
            string folder, string part, CsvOptions options, CancellationToken cancel = default) =>
            Like.Read(folder, part, options, cancel);
    }

    private KnownDataset Serve(KnownDataset like, params byte[][] contents)
    {
        for (var i = 0; i < contents.Length; i++)
            server.Files[like.Files[i].Name] = contents[i];
        return new Small(like, contents.Select((bytes, i) =>
            new KnownFile(like.Files[i].Name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))))
                .ToArray());
    }

    private DatasetSaver Saver(KnownDataset set) => new(set, new SaveOptions
    {
        Destination = files.Folder,
        BaseUri = server.Address,
        Download = new DownloadOptions { Pause = _ => TimeSpan.Zero },
    });

    private SavedDataset Save(KnownDataset set) => Saver(set) is var saver ? saver.Save(saver.Missing()) : null!;

    private static byte[] Idx(params byte[] bytes) => DataFiles.Gzip(bytes);

    private KnownDataset Fashion() => Serve(new FashionMNIST(),
        Idx([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 11, 12, 13, 14]), Idx([0, 0, 8, 1, 0, 0, 0, 2, 1, 5]),
        Idx([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 21, 22]), Idx([0, 0, 8, 1, 0, 0, 0, 1, 9]));

    [Fact]
    public void SetsOfIdxFilesComeAndAreReadWithTheNamesOfTheirClasses()
    {
        var saved = Save(Fashion());
        Assert.Equal(Path.Combine(files.Folder, "FashionMNIST"), saved.Path);
        Assert.Equal(4, saved.Files.Count);
        Assert.All(saved.Files, file => Assert.True(file.Exists));
        Assert.Equal("MIT", saved.Licence);
        Assert.Equal(["Train", "Test"], saved.Parts);
        Assert.Equal(saved.Parts, IdxReader.Parts(saved.Path));
        var train = saved.Read("Train", new CsvOptions());
        Assert.Equal("FashionMNIST (Train)", train.Name);
        Assert.Equal(["Trouser", "Sandal"], Enumerable.Range(0, 2).Select(row => train.Label![row]));
        Assert.Equal("Ankle boot", saved.Read("Test", new CsvOptions()).Label![0]);
    }

    [Fact]
    public void AnAmountIsInBytesWhereEachSizeIsPublished()
    {
        var files = new NotMNIST().Files;
        Assert.Null(new NotMNIST().Size);
        Assert.Equal("4 files", DatasetSaver.AmountOf(files));
        Assert.Equal("of unpublished size", DatasetSaver.AmountOf([files[0]]));
        Assert.Equal($"{34_573:N0} bytes", DatasetSaver.AmountOf([files[1], files[3]]));
    }

    [Fact]
    public void WhatIsThereWholeIsNotDownloadedAgain()
    {
        var set = Fashion();
        Save(set);
        Assert.Equal(4, server.Requests.Count);
        Assert.Empty(Saver(set).Missing());
        Save(set);
        Assert.Equal(4, server.Requests.Count);
        var path = Path.Combine(files.Folder, "FashionMNIST", set.Files[1].Name);
        File.WriteAllBytes(path, new byte[set.Files[1].Size!.Value]);
        Assert.Equal([set.Files[1]], Saver(set).Missing());
        Save(set);
        Assert.Equal(5, server.Requests.Count);
        Assert.Empty(Saver(set).Missing());
    }

    [Fact]
    public void ArchivesOfCifarComeAndAreRead()
    {
        var ten = Save(Serve(new CIFAR10(), CifarFiles.TarGz(CifarFiles.Ten())));
        Assert.Equal(4, ten.Read("Train", new CsvOptions()).Count);
        Assert.Equal("automobile", ten.Read("Test", new CsvOptions()).Label![0]);
        var hundred = Save(Serve(new CIFAR100(), CifarFiles.TarGz(CifarFiles.Hundred())));
        Assert.Equal("CIFAR100 (Train)", hundred.Read("Train", new CsvOptions()).Name);
        Assert.Equal("shark", hundred.Read("Train", new CsvOptions()).Label![0]);
        Assert.Equal("fish", hundred.Read("Train", new CsvOptions { Label = "CoarseLabel" }).Label![0]);
    }

    [Fact]
    public void TablesKnowTheirLabel()
    {
        var iris =
            Save(Serve(new Iris(), "5.1,3.5,1.4,0.2,Iris-setosa\n4.9,3.0,1.4,0.2,Iris-virginica\n\n"u8.ToArray()));
        var data = iris.Read("Train", new CsvOptions());
        Assert.Equal(["SepalLength", "SepalWidth", "PetalLength", "PetalWidth", "Species"],
            data.Columns.Select(column => column.Name));
        Assert.Equal("Species", data.Label!.Name);
        Assert.Equal(2, data.Count);
        Assert.Equal("PetalWidth", iris.Read("Train", new CsvOptions { Label = "PetalWidth" }).Label!.Name);
    }

    [SharedDataFact]
    public void IrisAndPenguinsAreTheFilesThatWereChecked()
    {
        server.Files["iris.data"] = [.. File.ReadAllBytes(SharedData.PathOf("iris.csv")), .. "\n\n"u8];
        server.Files["penguins.csv"] = File.ReadAllBytes(SharedData.PathOf("penguins.csv"));
        server.Files["penguins_raw.csv"] = File.ReadAllBytes(SharedData.PathOf("penguins_raw.csv"));
        Assert.Equal(150, Save(new Iris()).Read("Train", new CsvOptions()).Count);
        var penguins = Save(new Penguins()).Read("Train", new CsvOptions());
        Assert.Equal(344, penguins.Count);
        Assert.Equal(["Adelie", "Chinstrap", "Gentoo"], ((CategoryColumn)penguins.Label!).Levels.Order());
    }

    [Fact]
    public void AWrongFileLeavesTheFolderWithoutIt()
    {
        var set = Fashion();
        server.Files[set.Files[2].Name] = [1, 2, 3];
        DataFiles.Fails("WrongChecksum", () => Save(set));
        Assert.Equal(set.Files.Skip(2), Saver(set).Missing());
    }

    [Fact]
    public void ABaseAddressIsTheAddressOfAFolder()
    {
        DatasetSaver From(string address) =>
            new(new MNIST(), new() { BaseUri = new(address, UriKind.RelativeOrAbsolute) });
        Assert.Equal("https://mirror.example/sets/", From("https://mirror.example/sets").Addresses.Single().ToString());
        DataFiles.Fails("InvalidAddress", () => From("ftp://mirror.example/sets"));
        DataFiles.Fails("InvalidAddress", () => From("sets"));
    }

    public static TheoryData<string> Known =>
        [.. CatalogIndex.Get(CatalogKind.KnownDataset).Select(entry => entry.Name)];

    [Theory, MemberData(nameof(Known))]
    public void EachSetSaysWhatItIs(string name)
    {
        var set = CatalogIndex.Create<KnownDataset>(name);
        Assert.Equal(name, set.Name);
        Assert.NotEqual("", set.Licence);
        Assert.NotEqual("", set.Citation);
        Assert.All(set.Addresses, address => Assert.EndsWith("/", address.AbsoluteUri));
        Assert.NotEmpty(set.Files);
        Assert.All(set.Files, file => Assert.Matches("^([0-9a-f]{32}|[0-9a-f]{64})$", file.Checksum));
        Assert.All(set.Files, file => Assert.True(file.Size is null or > 0));
    }

    [Fact]
    public void TheSetsAreTheseSeven() =>
        Assert.Equal(["CIFAR10", "CIFAR100", "FashionMNIST", "Iris", "MNIST", "NotMNIST", "Penguins"],
            CatalogIndex.Get(CatalogKind.KnownDataset).Select(entry => entry.Name));
}
