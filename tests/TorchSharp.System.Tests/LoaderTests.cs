using System.Reflection;
using System.Runtime.Loader;

namespace TorchSharp.Tests;

public sealed class LoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("a folder with spaces ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_wrong_variable_is_named_with_what_was_looked_for()
    {
        var outcome = Loader.Load(BesideUs, _folder, "1.13", null);

        Assert.Equal(0, outcome.Handle);
        Assert.Contains("DEEPPS_LIBTORCH is '" + _folder, outcome.Error);
        Assert.Contains("lib/libtorch_cpu.so", outcome.Error);
    }

    [Fact]
    public void Another_version_than_was_built_for_is_told()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "lib"));
        File.WriteAllText(Path.Combine(_folder, "lib/libtorch_cpu.so"), "");
        var header = Path.Combine(_folder, "include/torch/csrc/api/include/torch/version.h");
        Directory.CreateDirectory(Path.GetDirectoryName(header)!);
        File.WriteAllText(header, "#define TORCH_VERSION_MAJOR 1\n#define TORCH_VERSION_MINOR 2\n");

        Assert.Contains(
            "which is libtorch 1.2; DeepPS was built for 1.13", Loader.Load(BesideUs, _folder, "1.13", null).Error);
    }

    [Fact]
    public void A_libtorch_that_does_not_load_is_told_with_what_to_install()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "lib"));
        File.WriteAllText(Path.Combine(_folder, "lib/libtorch_cpu.so"), "no library");
        var error = Loader.Load(BesideUs, _folder, "1.13", null).Error;

        Assert.Contains("libtorch_cpu.so", error);
        Assert.Contains("libtorch-dev", error);
        Assert.DoesNotContain('\n', error!);
    }

    [Fact]
    public void A_missing_shim_is_told_with_its_place() =>
        Assert.Contains(
            $"libDeepPSTorch.so was looked for beside TorchSharp.dll, in {_folder}",
            Loader.Load(_folder, null, null, null).Error);

    [Fact]
    public void Without_the_shim_each_call_gives_the_same_error_and_types_still_load()
    {
        var torch = LoadCopy("without", copyShim: false);
        var zeros = torch.GetMethod("zeros", [typeof(long), .. Rest(torch)])!;
        string Call() => Assert.IsType<DllNotFoundException>(
            Assert.Throws<TargetInvocationException>(() => zeros.Invoke(
                null, [2L, null, null, false, null])).InnerException).Message;

        Assert.NotNull(torch.GetField("CPU")!.GetValue(null));
        Assert.Equal(Call(), Call());
        Assert.Contains("libDeepPSTorch.so was looked for", Call());
    }

    [Fact]
    public void Two_load_contexts_work_in_one_process()
    {
        foreach (var name in new[] { "first", "second" })
        {
            var torch = LoadCopy(name, copyShim: true);
            Assert.NotSame(typeof(torch), torch);
            var ones = torch.GetMethod(
                "ones", [typeof(long), .. Rest(torch)])!.Invoke(null, [3L, null, null, false, null])!;
            var sum = ones.GetType().GetMethod("sum", [Rest(torch)[0]])!.Invoke(ones, [null])!;
            Assert.Equal(3.0, (double)sum.GetType().GetMethods().First(m => m.Name == "op_Explicit" && m.ReturnType == typeof(double)).Invoke(null, [sum])!);
            Assert.ThrowsAny<Exception>(() => ones.GetType().GetMethod("view")!.Invoke(ones, [new long[] { 7 }]));
        }

        using var here = TorchSharp.torch.ones(2);
        Expect.Close([1, 1], here);
    }

    private static string BesideUs => Path.GetDirectoryName(typeof(torch).Assembly.Location)!;

    private static Type[] Rest(Type torch) =>
    [
        typeof(Nullable<>).MakeGenericType(torch.GetNestedType("ScalarType")!), torch.GetNestedType("Device")!, typeof(bool), typeof(string[]),
    ];

    private Type LoadCopy(string name, bool copyShim)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.Copy(typeof(torch).Assembly.Location, Path.Combine(folder, "TorchSharp.dll"));
        if (copyShim) File.Copy(Path.Combine(BesideUs, Loader.ShimFile), Path.Combine(folder, Loader.ShimFile));
        var assembly = new AssemblyLoadContext(name).LoadFromAssemblyPath(Path.Combine(folder, "TorchSharp.dll"));
        return assembly.GetType("TorchSharp.torch")!;
    }
}
