using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>One layer of a stack of recurrent layers.</summary>
internal interface IRecurrence
{
    /// <summary>Runs the layer.</summary>
    /// <param name="input">The batch: (samples, time, features).</param>
    /// <param name="lengths">The length of each sequence; null if all have full length.</param>
    /// <returns>The output of every step, (samples, time, units of all directions), and the last state, (directions,
    /// samples, units).</returns>
    (Tensor Output, Tensor Last) Run(Tensor input, Tensor? lengths);

    /// <summary>Runs the next step of each sequence.</summary>
    /// <param name="input">(samples, 1, features).</param>
    /// <param name="steps">What is kept of the steps before.</param>
    /// <returns>(samples, 1, units).</returns>
    Tensor Next(Tensor input, StepCache steps);
}
