using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Torch;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class OptimizerStateTests
{
    public static TheoryData<string> Stepping
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (var optimizer in Rules.Keys)
                data.Add(optimizer);
            return data;
        }
    }

    /// <summary>Every rule that takes steps by gradients, with settings that use all of its state.</summary>
    private static Dictionary<string, GradientOptimizer> Rules { get; } = CatalogIndex.Get(CatalogKind.Optimizer)
        .Select(entry => entry.Create([])).OfType<GradientOptimizer>().Where(rule => rule is not WordSGD)
        .Concat([
            new SGD { Momentum = 0.9 }, new RMSProp { Momentum = 0.5, Centered = true }, new Adam { AmsGrad = true },
            new AdamW { AmsGrad = true }, new ASGD { AverageFrom = 3, Lambda = 0.1 },
                new Adagrad { LearningRateDecay = 0.1 },
            new LBFGS { LineSearch = LineSearch.StrongWolfe, HistorySize = 3, Iterations = 4 },
        ])
        .ToDictionary(rule => ItemJson.Write(rule).ToJsonString());

    [Theory]
    [MemberData(nameof(Stepping))]
    public void TwentyStepsAreTenSavedAndTenMore(string name)
    {
        using var scope = NewDisposeScope();
        var rule = Rules[name];
        var whole = Parameters();
        using (var steps = rule.Begin(whole))
            Take(steps, whole, 1, 20);

        var parts = Parameters();
        using var file = new MemoryStream();
        using (var steps = rule.Begin(parts))
        {
            Take(steps, parts, 1, 10);
            steps.Save(file);
        }

        file.Position = 0;
        using (var steps = rule.Begin(parts))
        {
            steps.Load(file);
            Assert.Equal(10, steps.Count);
            Take(steps, parts, 11, 20);
        }

        foreach (var (expected, actual) in whole.Zip(parts))
            Assert.Equal(expected.Value.data<float>().ToArray(), actual.Value.data<float>().ToArray());
        Assert.NotEqual(Parameters()[0].Value.data<float>().ToArray(), parts[0].Value.data<float>().ToArray());
    }

    [Fact]
    public void AStateOfAnotherRuleOrOtherParametersIsRefused()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        using var steps = new Adam().Begin(parameters);
        Take(steps, parameters, 1, 2);
        using var file = new MemoryStream();
        steps.Save(file);
        Assert.Contains("Adam", Refused(new SGD().Begin(Parameters())));
        Assert.Contains("Beta1", Refused(new Adam { Beta1 = 0.8 }.Begin(Parameters())));
        Assert.Contains("with shape 3x2", Refused(new Adam().Begin([new Parameter("a", ones(4)), Parameters()[1]])));
        Assert.Contains("no optimizer", Refused(new Adam().Begin(parameters), Tensors()));
        Assert.Contains("is damaged", Refused(new Adam().Begin(parameters), file.ToArray()[..200]));

        string Refused(OptimizerStep other, byte[]? content = null)
        {
            using (other)
            using (var stream = new MemoryStream(content ?? file.ToArray()))
            {
                var error = Assert.Throws<DlException>(() => other.Load(stream));
                Assert.Equal("OptimizerState", error.Id);
                return error.Message;
            }
        }

        static byte[] Tensors()
        {
            using var stream = new MemoryStream();
            SafeTensors.Write(stream, [("a", ones(2))], new Dictionary<string, string>());
            return stream.ToArray();
        }
    }

    private static Parameter[] Parameters() =>
    [
        new("a", arange(6, ScalarType.Float32).sub(2.5f).reshape(3, 2).requires_grad_(true)),
        new("b", ones(3).requires_grad_(true)),
    ];

    /// <summary>
    /// Steps towards the lowest point of a function that changes from step to step, at a rate that changes too.
    /// </summary>
    private static void Take(OptimizerStep steps, Parameter[] parameters, int first, int last)
    {
        for (var number = first; number <= last; number++)
        {
            steps.Factor = 1 - number / 40.0;
            var shift = number % 3;
            steps.Step(() =>
            {
                steps.ZeroGradients();
                var loss = parameters[0].Value.matmul(tensor([1f, 2f])).sub(parameters[1].Value.mul(shift)).square(
                    ).mean()
                    .add(parameters[1].Value.cos().sum());
                loss.backward();
                return loss;
            });
        }
    }
}
