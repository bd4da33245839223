namespace TorchSharp.Modules;

/// <summary>Holds the name of the approximation.</summary>
public sealed class GELU
{
    private GELU() { }

    /// <summary>How the error function is computed.</summary>
    public enum Approximate
    {
        none = 0, tanh = 1,
    }
}
