namespace DeepPS.Torch;

/// <summary>The precision of a training's forward and backward passes.</summary>
/// <remarks>In all of them the trained weights, the optimizer, the loss, the metrics, evaluation, prediction and saved
/// files are float32: a layer converts its weights to bfloat16 when it uses them, and their gradients are float32. That
/// is the master copy of Micikevicius and others, Mixed Precision Training (2018). bfloat16 has float32's range, so the
/// loss needs no scaling; float16, which does, is not offered. Recurrent layers and the sampling grid of a
/// SpatialTransformer stay float32: torch's modules have weights of one type, and coordinates need all digits. The
/// running statistics of normalization are also float32.</remarks>
public enum TrainingPrecision
{
    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>bfloat16 in all layers: 8 significant bits instead of 24, and half the memory between layers. Faster on
    /// devices with bfloat16 instructions, slower on others.</summary>
    BFloat16,

    /// <summary>bfloat16 in matrix products, convolutions and layers that take their output unchanged; float32 for sums
    /// of many numbers and powers: LayerNorm, GroupNorm, LocalResponseNorm, softmax, softplus, the sums of embeddings
    /// and positions. These are the rules of PyTorch's <c>torch.amp.autocast</c> with bfloat16, on every
    /// device.</summary>
    Mixed,
}
