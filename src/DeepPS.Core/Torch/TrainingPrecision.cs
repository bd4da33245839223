namespace DeepPS.Torch;

/// <summary>What numbers a training computes with, forward and back.</summary>
/// <remarks>In all of them the weights that learn, the optimizer, the loss, the metrics, what is measured or predicted
/// afterwards, and what is saved are float32: a layer takes its weights in bfloat16 where it uses them, and their
/// gradients come back as float32. That is the master copy of Micikevicius and others, Mixed Precision Training (2018).
/// bfloat16 has float32's range, so that the loss needs no scaling; float16, which would, is not offered. Recurrent
/// layers, and where an image is looked at by a SpatialTransformer, stay float32: torch's modules hold weights of one
/// type, and places need all their digits. The running statistics of normalisations are float32 too.</remarks>
public enum TrainingPrecision
{
    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>bfloat16 in all layers: 8 bits of each number in place of 24, and half the memory between layers. It is
    /// faster where the device computes with bfloat16 itself, and slower on processors that do not.</summary>
    BFloat16,

    /// <summary>bfloat16 in matrix products, convolutions and what takes their output as it is; float32 where many
    /// numbers are summed or raised to powers: LayerNorm, GroupNorm, LocalResponseNorm, softmax, softplus, the sums of
    /// embeddings and positions. These are the rules of PyTorch's <c>torch.amp.autocast</c> with bfloat16, on every
    /// device.</summary>
    Mixed,
}
