using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Tests;

public class LayerMeterTests
{
    /// <summary>The statistics of each layer's output equal those computed here from the formula.</summary>
    [Fact]
    public void EachLayersOutputIsDescribed()
    {
        var data = new Blobs { Count = 300, Centers = 3 }.Generate(1);
        using var model = new Model(
            [new Dense { Units = 7, Activation = new ReLU() }, new Dropout(), new Dense { Units = 3 }], seed: 2);
        var rows = LayerMeter.Measure(model, data, samples: 200);
        Assert.Equal(["dense1", "dropout1", "dense2"], rows.Select(row => row.Name));
        Assert.Equal(["Dense", "Dropout", "Dense"], rows.Select(row => row.Type));
        Assert.Equal(["7", "7", "3"], rows.Select(row => row.OutputShape));
        Assert.Equal(rows[0] with { Name = "dropout1", Type = "Dropout" }, rows[1]);

        var samples = (float[])DataPlan.Fit(data).Encode(data, withLabel: false).Inputs[0].Values;
        var (weight, bias) = (Values("dense1.weight"), Values("dense1.bias"));
        var outputs = Enumerable.Range(0, 200).SelectMany(row => Enumerable.Range(0, 7).Select(unit =>
        {
            var (x, y) = (samples[2 * row], samples[2 * row + 1]);
            return Math.Max(0, x * weight[2 * unit] + y * weight[2 * unit + 1] + bias[unit]);
        })).ToArray();
        var mean = outputs.Average(value => (double)value);
        Assert.Equal(mean, rows[0].Mean, 1e-5);
        Assert.Equal(Math.Sqrt(outputs.Average(value => Math.Pow(value - mean, 2))), rows[0].StandardDeviation, 1e-5);
        Assert.Equal(outputs.Count(value => value == 0) / (double)outputs.Length, rows[0].ZeroShare, 1e-9);
        Assert.Equal(0, rows[0].Minimum);
        Assert.Equal(outputs.Max(), rows[0].Maximum, 1e-5);

        float[] Values(string name) =>
            model.Network!.Parameters.Single(parameter => parameter.Name == name).Value.data<float>().ToArray();
    }
}
