using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Data;
using DeepPS.Inference;

namespace DeepPS.Commands;

public sealed partial class InvokeDlPredictionCommand
{
    private void PredictFiles()
    {
        var target = this.ResolveTarget(OutFile);
        OutputFile.Check(target, NoClobber, Force);
        var literal = ParameterSetName == LiteralFiles;
        var files = this.ResolveFiles(literal ? LiteralPath : Path, literal).ToArray();
        if (files.Length == 0 || !ShouldProcess(target, $"Write the predictions of {files.Length:N0} files"))
            return;
        OutputFile.MakeWritable(target, Force);
        var (share, errors) = (0.0, 0);
        var (rows, refused) = (0L, 0L);
        Work((write, cancel) => (rows, refused) = PredictionFile.Write(model!, files, target, Options,
                e =>
                {
                    if (errors++ < MostErrors)
                        write(() => WriteError(ErrorRecords.Of(e)));
                },
                text => write(() => WriteVerbose(text)), done => share = done, queue!.Unfamiliar,
                cancel),
            () => new ProgressRecord(0, "Predicting", $"{share:P0} of {files.Length:N0} files")
            {
                PercentComplete = (int)(100 * Math.Clamp(share, 0, 1)),
            });
        if (refused > MostErrors)
            WriteWarning($"{refused:N0} of {rows:N0} rows have no prediction; the first {MostErrors} are shown as "
                + "errors.");
        WriteObject(new FileInfo(target));
    }

    private void PredictDataset(Dataset dataset) => Work((write, cancel) =>
    {
        var bisection = new Bisection<(Dataset Rows, IReadOnlyList<Prediction> Predictions)>(
            (first, count) =>
            {
                var rows = dataset.Take(Enumerable.Range(first, count).ToArray());
                return (rows, Predictor.Predict(model!, rows, Options.From(first), cancel));
            },
            e => e is MissingValueException,
            (first, batch) =>
            {
                for (var i = 0; i < batch.Predictions.Count; i++)
                {
                    queue!.Unfamiliar.Add(batch.Predictions[i].Unfamiliar);
                    var output = RowObject.Of(batch.Rows, i, first + i + 1).With(batch.Predictions[i]);
                    write(() => WriteObject(output));
                }
            },
            (index, e) =>
            {
                var row = RowObject.Of(dataset.Take([index]), 0, index + 1);
                write(() => WriteError(ErrorRecords.Of(e, row)));
            });
        for (var first = 0; first < dataset.Count; first += rowsAtOnce)
            bisection.Run(first, Math.Min(rowsAtOnce, dataset.Count - first));
    });
}
