using System.Runtime.CompilerServices;
using DeepPS.Torch;

namespace DeepPS.Tests;

/// <summary>Loads torch as DeepPS does before a test calls TorchSharp itself.</summary>
internal static class TorchStart
{
    [ModuleInitializer]
    internal static void Load() => TorchRuntime.Ensure();
}
