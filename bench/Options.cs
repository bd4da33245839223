namespace DeepPS.Bench;

/// <summary>The options of a comparison.</summary>
internal sealed record Options
{
    public string Data { get; init; } = "../shared/data/mnist";

    public string Peer { get; init; } = "../shared/peers/torch_mnist.py";

    public string Python { get; init; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    public string[] Models { get; init; } = ["mlp512", "cnn", "lenet5"];

    public int Epochs { get; init; } = 3;

    public int Rounds { get; init; } = 2;

    public static Options Parse(string[] args)
    {
        var options = new Options();
        for (var i = 0; i + 1 < args.Length; i += 2)
            options = args[i] switch
            {
                "--data" => options with { Data = args[i + 1] },
                "--peer" => options with { Peer = args[i + 1] },
                "--python" => options with { Python = args[i + 1] },
                "--models" => options with { Models = args[i + 1].Split(',') },
                "--epochs" => options with { Epochs = int.Parse(args[i + 1]) },
                "--rounds" => options with { Rounds = int.Parse(args[i + 1]) },
                _ => throw new ArgumentException($"unknown option {args[i]}"),
            };
        return options;
    }
}
