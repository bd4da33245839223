#!/usr/bin/env dotnet
#:project ../src/DeepPS.Core/DeepPS.Core.csproj
#:property PublishAot=false
#:property GenerateDocumentationFile=false

// quickstart.ps1 without PowerShell, through DeepPS.Core: generates images of digits and trains a network on them.
// Run it with: dotnet run examples/quickstart.cs
using System.Globalization;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;

var digits = new Digits { Count = 6000 }.Generate(seed: 1);
var split = DatasetSplitter.Split(digits, new SplitOptions { Validation = 0.1, Test = 0.2, Seed = 1 });

using var model = new Model([
    new Conv2d { Filters = 16, KernelSize = 3, Activation = new ReLU() },
    new MaxPool2d(),
    new Flatten(),
    new Dense { Units = 64, Activation = new ReLU() },
    new Dropout { Probability = 0.2 },
    new Dense { Units = 10 },
], name: "digits");

var trainer = new Trainer(model, new TrainingOptions { Epochs = 5, BatchSize = 64, Seed = 1 });
using (var csv = new StreamWriter("quickstart.csv"))
{
    foreach (var record in trainer.Run(split.Train, split.Validation, split.Plan))
    {
        if (record.Epoch == 1)
            csv.WriteLine(string.Join(",", record.Metrics().Select(m => m.Key).Prepend("Epoch,Loss,ValidationLoss")));
        FormattableString values = $"{record.Epoch},{record.Loss},{record.ValidationLoss}";
        csv.WriteLine(string.Join(",", record.Metrics().Select(m => m.Value.ToString(CultureInfo.InvariantCulture))
            .Prepend(values.ToString(CultureInfo.InvariantCulture))));
        Console.WriteLine(record);
    }
}

foreach (var layer in model.Summary())
    Console.WriteLine(
        $"{layer.Name,-12} {layer.Type,-10} {layer.OutputShape,-10} {layer.Parameters,8:N0}  {layer.Settings}");
Console.WriteLine(Evaluator.Measure(model, split.Test!));
