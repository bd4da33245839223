using static TorchSharp.torch;

namespace DeepPS;

/// <summary>Some samples of a set, on its device.</summary>
/// <param name="Inputs">What goes into the network, input by input: (samples, shape), float32.</param>
/// <param name="Targets">
/// Class numbers, int64, (samples) or (samples, places), or numbers, float32, (samples, label shape); null: no label.
/// </param>
/// <param name="Weights">How much each sample counts in the loss, (samples), float32; null: all the same.</param>
internal readonly record struct Batch(Tensor[] Inputs, Tensor? Targets, Tensor? Weights);
