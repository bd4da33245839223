using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;

namespace DeepPS.Tests;

/// <summary>Models for explanations, bound to data as a training would bind them.</summary>
internal static class ExplainedModels
{
    /// <summary>A model with initial weights. Its number label is not standardized.</summary>
    public static Model Untrained(Dataset data, params Layer[] layers)
    {
        var plan = DataPlan.Fit(data).For(LayerNames.Inputs(layers));
        if (plan.Label!.Kind is LabelKind.Number)
            plan = plan.With(plan.Label.Unscaled());
        var model = new Model(layers, seed: 1);
        model.Bind(plan.Inputs);
        model.Plan = plan;
        model.Loss = plan.Label!.Kind is LabelKind.Number ? new MSELoss() : new CrossEntropy();
        return model;
    }

    /// <summary>Loads the parameters of a golden case.</summary>
    public static void Load(Model model, JsonNode parameters)
    {
        foreach (var (parameter, value) in model.Network!.Parameters.Zip(parameters.AsArray()))
        {
            using var tensor = Golden.Tensor(value!);
            parameter.Load(tensor);
        }
    }

    /// <summary>Columns x0, x1, ... of a matrix, which are not scaled, and a class of three.</summary>
    public static Dataset Table(float[] values, int width)
    {
        var rows = values.Length / width;
        var none = new ColumnSettings { Scaling = Scaling.None };
        var columns = Enumerable.Range(0, width).Select(column => new NumberColumn($"x{column}",
            Enumerable.Range(0, rows).Select(row => (double)values[width * row + column]).ToArray()).With(none));
        return new Dataset("table", [.. columns, Classes(rows)], "y");
    }

    /// <summary>Images of numbers from 0 to 1, and a class of three.</summary>
    public static Dataset Images(float[] values, Shape shape)
    {
        var pixels = Array.ConvertAll(values, value => (byte)MathF.Round(255 * value));
        return new Dataset("images",
            [new ImageColumn("image", pixels, shape), Classes((int)(values.Length / shape.Size))], "y");
    }

    private static CategoryColumn Classes(int rows) =>
        new("y", Enumerable.Range(0, rows).Select(row => row % 3).ToArray(), ["0", "1", "2"]);
}
