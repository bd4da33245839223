using System.Text.Json.Nodes;

namespace DeepPS.Training;

/// <summary>How far a training has come.</summary>
/// <param name="Epoch">The epoch of this training under way, from 1; one more than there are when all is done.</param>
/// <param name="Step">The steps of it that are done.</param>
/// <param name="TotalSteps">The steps of all epochs that are done.</param>
/// <param name="FirstEpoch">The epochs that the model had behind it when this training began.</param>
/// <param name="Ended">Whether the training has come to its end: no further epoch is wanted.</param>
internal sealed record TrainingPosition(int Epoch, int Step, long TotalSteps, int FirstEpoch, bool Ended)
{
    public static TrainingPosition Of(JsonNode json) => new((int)json["epoch"]!, (int)json["step"]!, (long)json["totalSteps"]!,
        (int)json["firstEpoch"]!, (bool)json["ended"]!);

    public JsonObject ToJson() => new()
    {
        ["epoch"] = Epoch,
        ["step"] = Step,
        ["totalSteps"] = TotalSteps,
        ["firstEpoch"] = FirstEpoch,
        ["ended"] = Ended,
    };
}
