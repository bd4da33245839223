using DeepPS.Data;
using DeepPS.Inference;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Changes training batches by an attack on the model as it is: adversarial training.</summary>
/// <remarks>Madry and others, Towards deep learning models resistant to adversarial attacks (2018). The attack runs the
/// network as for predictions, so it changes neither running means nor the gradients of the parameters. Its random
/// numbers are those of the layers, which checkpoints save.</remarks>
/// <param name="attack">The attack.</param>
/// <param name="model">The model.</param>
/// <param name="random">Source of random numbers.</param>
internal sealed class Adversary(Attack attack, AttackedModel model, Generator random) : IDisposable
{
    /// <summary>A batch with changed inputs; the targets stay.</summary>
    public Batch Change(Batch batch) => batch with
    {
        Inputs = attack.Change(model, batch.Inputs, batch.Targets!, targeted: false, random),
    };

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();
}
