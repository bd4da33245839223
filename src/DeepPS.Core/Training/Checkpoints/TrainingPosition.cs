using System.Text.Json.Nodes;

namespace DeepPS.Training;

/// <summary>The position of a training.</summary>
/// <param name="Epoch">The current epoch of this training, from 1; after the last, one more than there are.</param>
/// <param name="Step">The number of finished steps in the epoch.</param>
/// <param name="TotalSteps">The number of finished steps in all epochs.</param>
/// <param name="FirstEpoch">The number of epochs that the model was trained before.</param>
/// <param name="Ended">Whether the training has ended: no further epoch follows.</param>
internal sealed record TrainingPosition(int Epoch, int Step, long TotalSteps, int FirstEpoch, bool Ended)
{
    public static TrainingPosition Of(JsonNode json) => new((int)json["epoch"]!, (int)json["step"]!,
        (long)json["totalSteps"]!, (int)json["firstEpoch"]!, (bool)json["ended"]!);

    public JsonObject ToJson() => new()
    {
        ["epoch"] = Epoch,
        ["step"] = Step,
        ["totalSteps"] = TotalSteps,
        ["firstEpoch"] = FirstEpoch,
        ["ended"] = Ended,
    };
}
