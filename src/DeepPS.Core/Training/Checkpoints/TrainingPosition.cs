using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>The position of a training.</summary>
/// <param name="Epoch">The current epoch of this training, from 1; after the last, one more than there are.</param>
/// <param name="Step">The number of finished steps in the epoch.</param>
/// <param name="TotalSteps">The number of finished steps in all epochs.</param>
/// <param name="FirstEpoch">The number of epochs that the model was trained before.</param>
/// <param name="Ended">Whether the training has ended: no further epoch follows.</param>
internal sealed record TrainingPosition(int Epoch, int Step, long TotalSteps, int FirstEpoch, bool Ended)
{
    /// <exception cref="InvalidDataException">It is not the JSON of <see cref="ToJson"/>.</exception>
    public static TrainingPosition Of(JsonNode json) => new(json.Whole("epoch", minimum: 1),
        json.Whole("step", minimum: 0), json.Need("totalSteps").AsLong(), json.Whole("firstEpoch", minimum: 0),
        json.FlagOrNull("ended") ?? throw new InvalidDataException("'ended' is missing"));

    public JsonObject ToJson() => new()
    {
        ["epoch"] = Epoch,
        ["step"] = Step,
        ["totalSteps"] = TotalSteps,
        ["firstEpoch"] = FirstEpoch,
        ["ended"] = Ended,
    };
}
