using System.Runtime.CompilerServices;

namespace DeepPS.Tests;

/// <summary>Loads torch as DeepPS does before a test calls TorchSharp itself.</summary>
internal static class TorchStart
{
    [ModuleInitializer]
    internal static void Load() => TorchRuntime.Ensure();
}
