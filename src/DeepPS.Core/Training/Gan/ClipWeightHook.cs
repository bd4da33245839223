using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Limits the absolute values of a player's parameters after each of its steps.</summary>
internal sealed class ClipWeightHook(Player limited, double most) : StepHook
{
    public override void AfterUpdate(Player player)
    {
        if (player != limited)
            return;
        using var noGradient = no_grad();
        foreach (var parameter in player.Parameters)
            parameter.Value.clamp_(-most, most);
    }
}
