using DeepPS.Common;
using DeepPS.Inference;
using DeepPS.Models;

namespace DeepPS.Training;

/// <summary>
/// Writes a picture of generated samples after each epoch, always of the same codes: how the generator changes.
/// </summary>
/// <param name="folder">The folder, which gets a file <c>epoch-001.png</c> for each epoch.</param>
/// <param name="count">The number of samples.</param>
/// <param name="seed">The seed of the codes.</param>
public sealed class GanPictures(string folder, int count, int seed) : TrainingCallback
{
    private float[] codes = [];

    /// <inheritdoc/>
    /// <exception cref="DlException">
    /// <c>NoImages</c>: the generator makes no pictures; <c>FolderNotWritable</c>.
    /// </exception>
    public override void Begin(TrainingSession session)
    {
        var generator = new SampleGenerator(session.Model);
        if (!generator.MakesImages)
            throw new DlException("NoImages", DlErrorKind.InvalidArgument,
                $"The samples of '{session.Model.Name}' are no images: no pictures of them can be written. Omit "
                + "-SamplePath, and use New-DlSample after the training.", session.Model);
        codes = generator.Draw(count, seed);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DlException("FolderNotWritable", DlErrorKind.InvalidOperation,
                $"The folder '{folder}' cannot be created ({e.Message.TrimEnd('.')}). Use another -SamplePath.",
                folder, e);
        }
    }

    /// <inheritdoc/>
    public override void AfterEpoch(TrainingSession session, EpochRecord record)
    {
        var samples = new SampleGenerator(session.Model).Generate(codes);
        SampleSheet.Write(Path.Combine(folder, $"epoch-{record.Epoch:000}.png"), samples,
            Enumerable.Range(0, samples.Count).ToArray());
    }
}
