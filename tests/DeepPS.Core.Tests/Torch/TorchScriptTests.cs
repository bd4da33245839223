using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class TorchScriptTests
{
    private const string Half = """
        def half(x: Tensor) -> Tensor:
            return x / 2.0
        """;

    private const string Fill = """
        def run(targets: List[Tensor], none: List[Tensor], source: Tensor, number: float, takes: bool) -> None:
            for target in targets:
                target.copy_(half(source) * number if takes and len(none) == 0 else -source)
        """;

    private const string Foreign = """
        def run(x: Tensor) -> None:
            x.copy_(torch.cudnn_grid_sampler(x, x))
        """;

    private const string Between = """
        def run(x: Tensor) -> None:
            x.lerp_(x, 0.5)
        """;

    private const string Failing = """
        def run(x: Tensor) -> None:
            x.add_(torch.ones([5]))
        """;

    private static readonly TorchScript Filling = new(Half, Fill);

    [Theory]
    [InlineData(0.1, true, 0.15)]
    [InlineData(1e300, true, double.PositiveInfinity)]
    [InlineData(2, false, -3)]
    public void TensorsListsNumbersAndTruthsArePassed(double number, bool takes, double expected)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (zeros(2), zeros(1));
        Filling.Run(new[] { first, second }, Array.Empty<Tensor>(), tensor(3f), number, takes);
        Assert.Equal([(float)expected, (float)expected], first.data<float>().ToArray());
        Assert.Equal((float)expected, second.ToSingle());
    }

    [Fact]
    public void AnOperatorThatTheDeviceOrTheTypeHasNotIsNamed()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<DlException>(() => new TorchScript(Foreign).Run(zeros(1, 1, 1, 2)));
        Assert.Equal("OperatorNotSupported", error.Id);
        Assert.Contains("aten::cudnn_grid_sampler", error.Message);
        Assert.Contains("-Device cpu", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        error = Assert.Throws<DlException>(() => new TorchScript(Between).Run(zeros(2, ScalarType.Int64)));
        Assert.Equal("OperatorNotSupported", error.Id);
        Assert.Contains("lerp", error.Message);
        Assert.Contains("'Long'", error.Message);
    }

    /// <summary>Other errors stay torch's own, because callers recognise those for lack of memory.</summary>
    [Fact]
    public void AnotherErrorStaysTorchs()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => new TorchScript(Failing).Run(zeros(2)));
        Assert.Contains("must match the size", error.Message);
    }
}
