using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Small trained models to compress.</summary>
internal static class Compressible
{
    public static Dataset Data { get; } = new Blobs { Count = 150, Centers = 3, Features = 12 }.Generate(2);

    public static Model Trained(params Layer[] layers)
    {
        var model = new Model([.. layers, new Dense { Units = 3, Name = "out" }], seed: 4);
        Train(model, 3);
        return model;
    }

    public static void Train(Model model, int epochs, Optimizer? optimizer = null) =>
        new Trainer(model, new TrainingOptions
        {
            Epochs = epochs, BatchSize = 32, Seed = 1, Optimizer = optimizer ?? new Adam { LearningRate = 0.01 },
        }).Run(Data).Last();

    public static Tensor Value(Model model, string name) =>
        model.Network!.State.Single(parameter => parameter.Name == name).Value;

    /// <summary>The network's outputs for the data.</summary>
    public static Tensor Outputs(Model model)
    {
        using var noGradient = no_grad();
        var encoded = model.Plan!.Encode(Data, false).Inputs[0].Values.Cast<float>().ToArray();
        return model.Network!.Forward(tensor(encoded, [Data.Count, 12]), ForwardContext.Inference);
    }

    public static double Accuracy(Model model) =>
        Evaluator.Measure(model, Data).Metrics().Single(metric => metric.Key == "Accuracy").Value;

    /// <summary>The relative error of a matrix by the Frobenius norm.</summary>
    public static double Error(Tensor whole, Tensor near) => whole.sub(near).norm().div(whole.norm()).ToDouble();
}
