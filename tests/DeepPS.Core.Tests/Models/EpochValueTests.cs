using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Tests;

/// <summary>The list of the values of every epoch.</summary>
public class EpochValueTests
{
    private static readonly EpochRecord Record = new()
    {
        Epoch = 3,
        Loss = 0.5,
        ValidationLoss = 0.75,
        LearningRate = 0.125,
        Seconds = 2.5,
        SamplesPerSecond = 400,
        MetricValues = [KeyValuePair.Create("Accuracy", 0.25)],
    };

    /// <summary>A property missing in the list would be missing in checkpoints and records of runs.</summary>
    [Fact]
    public void EveryPropertyOfARecordIsListed() =>
        Assert.Equal(typeof(EpochRecord).GetProperties().Select(property => property.Name).Order(),
            EpochValue.All.Select(value => value.Name).Order());

    [Fact]
    public void AValueIsThatOfItsProperty()
    {
        foreach (var value in EpochValue.All)
            Assert.Equal(Convert.ToDouble(typeof(EpochRecord).GetProperty(value.Name)!.GetValue(Record)),
                value.Of(Record));
    }

    [Fact]
    public void ARecordIsRestoredFromItsValues()
    {
        var values = EpochValue.All.ToDictionary(value => value.Name, value => value.Of(Record));
        var restored = EpochValue.Record(name => values[name], Record.MetricValues);
        Assert.Equal(EpochValue.Table(Record), EpochValue.Table(restored));
        values[nameof(EpochRecord.ValidationLoss)] = double.NaN;
        Assert.Null(EpochValue.Record(name => values[name], []).ValidationLoss);
    }

    /// <summary>A model file has each value under its name with a small first letter.</summary>
    [Fact]
    public void AModelFileHasEachValue()
    {
        using var model = new Model([new Dense { Units = 1 }], seed: 1);
        model.Bind(new Shape(2));
        model.Add(Record);
        var json = ModelJson.Write(model);
        var written = json["history"]![0]!.AsObject();
        foreach (var value in EpochValue.All)
            Assert.Equal(value.Of(Record), (double)written[char.ToLowerInvariant(value.Name[0]) + value.Name[1..]]!);
        var sizes = model.Network!.State.ToDictionary(parameter => parameter.Name, parameter => parameter.Value.shape);
        using var read = ModelJson.Read(SafeJson.Parse(json.ToJsonString()),
            name => sizes.TryGetValue(name, out var size) ? size : null);
        Assert.Equal(EpochValue.Table(Record), EpochValue.Table(read.History.Single()));
    }

    [Fact]
    public void ATableHasTheMetricsAfterTheLosses() =>
        Assert.Equal(["Epoch", "Loss", "ValidationLoss", "Accuracy", "LearningRate", "Seconds", "SamplesPerSecond"],
            EpochValue.Table(Record).Select(value => value.Name));
}
