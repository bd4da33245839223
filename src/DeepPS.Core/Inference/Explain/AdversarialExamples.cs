using System.Globalization;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Makes adversarial examples: samples with a small change that misleads a model.</summary>
public static class AdversarialExamples
{
    /// <summary>The column of the samples before the change.</summary>
    public const string Original = "Original";

    /// <summary>The column of the predictions for the samples before the change.</summary>
    public const string OriginalPrediction = "OriginalPrediction";

    /// <summary>The column of the predictions for the changed samples.</summary>
    public const string Prediction = "Prediction";

    private const int BatchSize = 256;

    /// <summary>Changes the images or arrays of a dataset.</summary>
    /// <param name="model">A trained model of one input: images or arrays.</param>
    /// <param name="data">Data with the columns of the training data, including the label.</param>
    /// <param name="options">The attack.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The labelled rows of the data, changed in their own column. Further columns, which a training ignores,
    /// hold the originals and the predictions before and after the change.</returns>
    /// <exception cref="DlException"><c>ModelNotTrained</c>; <c>AdversarialInput</c>: the input cannot be changed;
    /// <c>AdversarialTarget</c>: the label has no class to aim at; <c>ClassNotFound</c>; <c>NameTaken</c>: the data has
    /// a column of one of the names.</exception>
    public static Dataset Make(Model model, Dataset data, AdversarialOptions options,
        CancellationToken cancel = default)
    {
        TorchRuntime.Ensure();
        var (network, plan, loss) = model.Trained();
        data = plan.Usable(data, withLabel: true, null).Kept;
        var column = ColumnOf(plan, data);
        CheckNames(data);
        var target = TargetOf(options, plan.Label!);
        var device = TorchRuntime.Device(model.Device);
        using var attacked = new AttackedModel(network, plan, loss, device);
        using var samples = new DeviceData(plan.Encode(data, withLabel: true), device);
        using var random = new Generator((ulong)(uint)options.Seed, device);
        var scale = plan.InputPlans[0].Scale;
        var (pixels, numbers) = (new List<byte>(), new List<float>());
        for (var first = 0; first < samples.Count; first += BatchSize)
        {
            cancel.ThrowIfCancellationRequested();
            using var turn = ThreadTurn.Take(Threads.Count(null));
            using var scope = NewDisposeScope();
            var batch = samples.Range(first, Math.Min(BatchSize, samples.Count - first));
            var targets = target is { } place ? full_like(batch.Targets!, place) : batch.Targets!;
            var changed = options.Attack.Change(attacked, batch.Inputs, targets, target is not null, random)[0];
            if (plan.InputPlans[0].IsImage)
                pixels.AddRange(Bytes(changed, scale));
            else
                numbers.AddRange(changed.cpu().contiguous().data<float>());
        }

        var own = column is TensorColumn arrays ? (Column)new TensorColumn(column.Name, [.. numbers], arrays.Shape)
            : new ImageColumn(column.Name, [.. pixels], plan.InputShape);
        var made = data.With(own);
        return new Dataset($"{data.Name} ({options.Attack.Entry.Name} "
            + $"{options.Attack.Epsilon.ToString(CultureInfo.InvariantCulture)})",
            [.. made.Columns, Aside(Before(column, plan).Rename(Original)),
                Aside(Predicted(OriginalPrediction, model, data, cancel)),
                Aside(Predicted(Prediction, model, made, cancel))],
            data.Label!.Name, data.Weight?.Name, data.MoreLabels);
    }

    /// <summary>The bytes of images in the network's form.</summary>
    internal static byte[] Bytes(Tensor images, ChannelScale? scale)
    {
        using var scope = NewDisposeScope();
        var pixels = scale is null ? images
            : images.sub(tensor(scale.Shifts, device: images.device).reshape(scale.Sizes))
                .mul(tensor(scale.Deviation.Select(d => (float)d).ToArray(), device: images.device)
                    .reshape(scale.Sizes));
        return pixels.mul(255).round().clamp(0, 255).to(ScalarType.Byte).contiguous().cpu().data<byte>().ToArray();
    }

    private static Column ColumnOf(DataPlan plan, Dataset data) =>
        plan.InputPlans is [{ Levels: null, Columns: [var own] } input] && InputPart.IsWhole(input)
        && data.Find(own.Name) is ImageColumn or ImageFileColumn or TensorColumn
            ? data.Find(own.Name)! : throw new DlException("AdversarialInput", DlErrorKind.InvalidArgument,
                "Adversarial examples are made of one column of images or arrays; the model's inputs are "
                + string.Join(", ", plan.InputPlans.Select(each => $"'{each.Name}' ({each.Nature})"))
                + ". Measure-DlModel -Adversarial measures models of tables too.", data);

    private static Column Before(Column column, DataPlan plan) => column is ImageFileColumn files
        ? new ImageColumn(column.Name, files.Pixels(0, files.Count), plan.InputShape) : column;

    private static void CheckNames(Dataset data)
    {
        foreach (var name in new[] { Original, OriginalPrediction, Prediction })
            if (data.Find(name) is not null)
                throw new DlException("NameTaken", DlErrorKind.InvalidArgument,
                    $"Dataset '{data.Name}' has a column '{name}' already, which adversarial examples have too. Rename "
                    + "it.", name);
    }

    private static int? TargetOf(AdversarialOptions options, LabelPlan label)
    {
        if (options.Target is null)
            return null;
        return label is { Kind: LabelKind.Class, Shape.Rank: 0 } ? PositiveClass.Of(options.Target, label)
            : throw new DlException("AdversarialTarget", DlErrorKind.InvalidArgument,
                $"A target is one of the classes of a label; label '{label.Name}' {label.Nature}. Omit the target.",
                options.Target);
    }

    private static Column Predicted(string name, Model model, Dataset data, CancellationToken cancel)
    {
        var values = Predictor.Predict(model, data, cancel).Select(prediction => prediction.Value).ToArray();
        if (values.All(value => value is double))
            return new NumberColumn(name, values.Cast<double>().ToArray());
        var texts = Array.ConvertAll(values, value => Convert.ToString(value, CultureInfo.InvariantCulture)!);
        var levels = texts.Distinct().Order(StringComparer.Ordinal).ToArray();
        return new CategoryColumn(name, Array.ConvertAll(texts, text => Array.IndexOf(levels, text)), levels);
    }

    /// <summary>A column that is no input of a training.</summary>
    private static Column Aside(Column column) => column.With(new ColumnSettings { Kind = ColumnKind.Ignore });
}
