using DeepPS.Common;
using DeepPS.Torch;

namespace DeepPS.Tests;

/// <summary>Gradients of expressions against closed forms and difference quotients.</summary>
public class ExpressionGradientTests
{
    /// <summary>Each function with its first and second derivative.</summary>
    public static TheoryData<string, double, double, double> Functions => new()
    {
        { "Exp", 0.7, Math.Exp(0.7), Math.Exp(0.7) },
        { "Log", 0.7, 1 / 0.7, -1 / 0.49 },
        { "Sqrt", 0.7, 0.5 / Math.Sqrt(0.7), -0.25 * Math.Pow(0.7, -1.5) },
        { "Abs", -0.7, -1, 0 },
        { "Sin", 0.7, Math.Cos(0.7), -Math.Sin(0.7) },
        { "Cos", 0.7, -Math.Sin(0.7), -Math.Cos(0.7) },
        { "Tanh", 0.7, 1 - Square(Math.Tanh(0.7)), -2 * Math.Tanh(0.7) * (1 - Square(Math.Tanh(0.7))) },
        { "Sigmoid", 0.7, Sigmoid(0.7) * Sigmoid(-0.7), Sigmoid(0.7) * Sigmoid(-0.7) * (1 - 2 * Sigmoid(0.7)) },
        { "ReLU", 0.7, 1, 0 },
        { "Softplus", 0.7, Sigmoid(0.7), Sigmoid(0.7) * Sigmoid(-0.7) },
        { "Norm", 0.7, 1, 0 },
        { "Sum", 0.7, 1, 0 },
        { "Mean", 0.7, 1, 0 },
        { "Max", 0.7, 1, 0 },
        { "Min", 0.7, 1, 0 },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void FunctionsHaveTheirDerivatives(string name, double at, double first, double second)
    {
        var function = typeof(DlTensor).GetMethod(name, [])!;
        var found = Of(x => (DlTensor)function.Invoke(x[0], [])!, true, (object)at);
        Assert.Equal(first, found[0].Gradient, 1e-12);
        Assert.Equal(second, found[0].Second[0], 1e-12);
    }

    /// <summary>f = a b / c - b^2 + 3 a - 2 / c, whose derivatives are known.</summary>
    [Fact]
    public void OperatorsHaveTheirDerivativesAndTheHessianIsWhole()
    {
        var (a, b, c) = (1.5, -2.0, 0.5);
        var found = Of(v => v[0] * v[1] / v[2] - v[1] * v[1] + 3 * v[0] - 2 / v[2], true, a, b, c);
        Assert.Equal([b / c + 3, a / c - 2 * b, -a * b / (c * c) + 2 / (c * c)], found.Select(one => one.Gradient));
        double[][] hessian =
        [
            [0, 1 / c, -b / (c * c)],
            [1 / c, -2, -a / (c * c)],
            [-b / (c * c), -a / (c * c), 2 * a * b / (c * c * c) - 4 / (c * c * c)],
        ];
        foreach (var (row, one) in hessian.Zip(found))
            Assert.All(row.Zip(one.Second), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    /// <summary>v' M v: (M + M') v by v, v v' by M.</summary>
    [Fact]
    public void AQuadraticFormHasItsGradients()
    {
        object[] m = [new[] { 2.0, 1 }, new[] { 0.0, 3 }];
        var found = Of(v => v[0].MatMul(v[1]).Dot(v[1]), true, m, new[] { 1.0, -1 });
        Assert.Equal([1, -1, -1, 1, 3, -5], found.Select(one => one.Gradient));
        Assert.Equal(["0,0", "0,1", "1,0", "1,1", "0", "1"], found.Select(one => string.Join(',', one.Place)));
        Assert.Equal([4, 1], found[4].Second[4..]);
        Assert.Equal([1, 6], found[5].Second[4..]);
    }

    [Fact]
    public void AVectorsFunctionGivesEachDerivativeAndConstantsGiveNone()
    {
        var found = Of(v => v[0] * v[0], false, new[] { 1.0, 2, 3 });
        Assert.Equal([2, 4, 6], found.Select(one => one.Gradient));
        Assert.All(found, one => Assert.Empty(one.Second));
        Assert.Equal([0, 2], Of(v => 2 * v[1], true, 5, 7).Select(one => one.Gradient));
    }

    /// <summary>Functions over axes agree with difference quotients.</summary>
    [Fact]
    public void OtherFunctionsAgreeWithDifferences()
    {
        double[] at = [0.3, -0.8, 1.1, 0.2];
        Check(v => v.Softmax()[1]);
        Check(v => v.LogSoftmax()[-1]);
        Check(v => v.Reshape(2, 2).Transpose().Sum(0).Pow(3).Sum());
        Check(v => v.Reshape(2, -1).Mean(1).Dot(new[] { 2.0, 5 }));
        Check(v => v.Maximum(0.25).Minimum(1).Dot(v));
        Check(v => (v + new[] { 1.0, 2, 3, 4 }).Pow(new[] { 1.0, 2, 2, 1 }).Norm());
        Check(v => (1.5 - v).Sum() * (-v).Exp().Sum());

        void Check(Func<DlTensor, DlTensor> function)
        {
            const double step = 1e-5;
            var found = Of(v => function(v[0]), false, at);
            for (var i = 0; i < at.Length; i++)
            {
                double[] less = [.. at], more = [.. at];
                (less[i], more[i]) = (at[i] - step, at[i] + step);
                Assert.Equal((Value(more) - Value(less)) / (2 * step), found[i].Gradient, 1e-6);
            }

            double Value(double[] numbers)
            {
                using var tape = new GradientTape();
                return function(tape.Variable([4], numbers)).ToNumbers().Sum();
            }
        }
    }

    [Fact]
    public void WhatDoesNotFitIsATypedError()
    {
        using var tape = new GradientTape();
        var (two, three) = (tape.Variable([2], [1, 2]), tape.Variable([3], [1, 2, 3]));
        var error = Assert.Throws<DlException>(() => two + three);
        Assert.Equal("TensorShapes", error.Id);
        Assert.Contains("shape 2 and a tensor of shape 3", error.Message);
        Assert.Equal("TensorShapes", Assert.Throws<DlException>(() => two.MatMul(three)).Id);
        Assert.Equal("TensorShapes", Assert.Throws<DlException>(() => two[2]).Id);
        Assert.Equal("TensorShapes", Assert.Throws<DlException>(() => two.Reshape(3)).Id);
        Assert.Equal("NotATensor", Assert.Throws<DlException>(() => two + "x").Id);
        Assert.Equal("NotATensor", Assert.Throws<DlException>(() => DlTensor.NumbersOf(new object[] { 1, new[] { 2 } }))
            .Id);
        using var other = new GradientTape();
        Assert.Equal("TensorFreed", Assert.Throws<DlException>(() => two + other.Variable([], [1])).Id);
        tape.Dispose();
        Assert.Equal("TensorFreed", Assert.Throws<DlException>(() => two.ToNumbers()).Id);
    }

    private static double Square(double x) => x * x;

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static IReadOnlyList<ExpressionDerivative> Of(Func<DlTensor[], DlTensor> function, bool second,
        params object[] at)
    {
        using var tape = new GradientTape();
        var variables = at.Select(value =>
        {
            var (sizes, values) = DlTensor.NumbersOf(value);
            return tape.Variable(sizes, values);
        }).ToArray();
        return ExpressionGradient.Of(tape, function(variables), variables, second);
    }
}
