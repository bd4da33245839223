using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Fast gradient sign method: one step of the size Epsilon along the sign of the loss's gradient.</summary>
/// <remarks>x + epsilon sign(gradient), kept within the range of pixels. Goodfellow, Shlens and Szegedy, Explaining and
/// harnessing adversarial examples (2015).</remarks>
[CatalogEntry("Fgsm", "FastGradientSign")]
public sealed record Fgsm : Attack
{
    internal override Tensor[] Change(AttackedModel model, Tensor[] inputs, Tensor targets, bool targeted,
        Generator random) => model.Step(inputs, inputs, targets, targeted, Epsilon, Epsilon);
}
