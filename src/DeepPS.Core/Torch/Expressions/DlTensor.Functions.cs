using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <content>The functions.</content>
public sealed partial class DlTensor
{
    /// <summary>e to the power of each number.</summary>
    public DlTensor Exp() => Each(nameof(Exp), value => value.exp());

    /// <summary>The natural logarithm of each number.</summary>
    public DlTensor Log() => Each(nameof(Log), value => value.log());

    /// <summary>The square root of each number.</summary>
    public DlTensor Sqrt() => Each(nameof(Sqrt), value => value.sqrt());

    /// <summary>The absolute value of each number; its gradient at 0 is 0.</summary>
    public DlTensor Abs() => Each(nameof(Abs), value => value.abs());

    /// <summary>The sine of each number.</summary>
    public DlTensor Sin() => Each(nameof(Sin), value => value.sin());

    /// <summary>The cosine of each number.</summary>
    public DlTensor Cos() => Each(nameof(Cos), value => value.cos());

    /// <summary>The hyperbolic tangent of each number.</summary>
    public DlTensor Tanh() => Each(nameof(Tanh), value => value.tanh());

    /// <summary>1 / (1 + e to the power of minus the number) of each.</summary>
    public DlTensor Sigmoid() => Each(nameof(Sigmoid), value => value.sigmoid());

    /// <summary>Each number, or 0 where it is negative.</summary>
    public DlTensor ReLU() => Each(nameof(ReLU), value => value.relu());

    /// <summary>log(1 + e to the power of the number) of each.</summary>
    public DlTensor Softplus() => Each(nameof(Softplus), value => nn.functional.softplus(value));

    /// <summary>e to the power of each number, divided by their sum over the last axis.</summary>
    public DlTensor Softmax() => Each(nameof(Softmax), value => value.softmax(-1), ShapeNeeds.Rank(Shape, 1));

    /// <summary>The logarithm of <see cref="Softmax"/>.</summary>
    public DlTensor LogSoftmax() => Each(nameof(LogSoftmax), value => value.log_softmax(-1), ShapeNeeds.Rank(Shape, 1));

    /// <summary>Each number to a power.</summary>
    /// <param name="exponent">A number, an array or a tensor.</param>
    public DlTensor Pow(object exponent) => Both(nameof(Pow), exponent, (value, other) => value.pow(other));

    /// <summary>The smaller one of each number and another.</summary>
    /// <param name="other">A number, an array or a tensor.</param>
    public DlTensor Minimum(object other) => Both(nameof(Minimum), other, minimum);

    /// <summary>The larger one of each number and another.</summary>
    /// <param name="other">A number, an array or a tensor.</param>
    public DlTensor Maximum(object other) => Both(nameof(Maximum), other, maximum);

    /// <summary>The sum of all numbers.</summary>
    public DlTensor Sum() => Each(nameof(Sum), value => value.sum());

    /// <summary>The sum along an axis.</summary>
    /// <param name="axis">The axis, from 0; -1 for the last.</param>
    public DlTensor Sum(int axis) => Each(nameof(Sum), value => value.sum(axis), ShapeNeeds.Axis(Shape, axis));

    /// <summary>The mean of all numbers.</summary>
    public DlTensor Mean() => Each(nameof(Mean), value => value.mean());

    /// <summary>The mean along an axis.</summary>
    /// <param name="axis">The axis, from 0; -1 for the last.</param>
    public DlTensor Mean(int axis) => Each(nameof(Mean), value => value.mean([axis]), ShapeNeeds.Axis(Shape, axis));

    /// <summary>The largest number.</summary>
    public DlTensor Max() => Each(nameof(Max), value => value.max());

    /// <summary>The smallest number.</summary>
    public DlTensor Min() => Each(nameof(Min), value => value.min());

    /// <summary>The square root of the sum of all squares.</summary>
    public DlTensor Norm() => Each(nameof(Norm), value => value.square().sum().sqrt());

    /// <summary>The sum of the products with the numbers of another tensor of the same shape.</summary>
    /// <param name="other">An array or a tensor.</param>
    public DlTensor Dot(object other) => Both(nameof(Dot), other, (value, factor) => value.mul(factor).sum(),
        ShapeNeeds.Same);

    /// <summary>The product of matrices, or of a matrix and a vector.</summary>
    /// <param name="other">An array or a tensor.</param>
    public DlTensor MatMul(object other) => Both(nameof(MatMul), other, (value, factor) => value.matmul(factor),
        ShapeNeeds.Product);

    /// <summary>The matrix with rows and columns exchanged.</summary>
    public DlTensor Transpose() => Each(nameof(Transpose), value => value.transpose(-1, -2), ShapeNeeds.Rank(Shape, 2));

    /// <summary>The same numbers in another shape.</summary>
    /// <param name="sizes">The sizes; one may be -1, for what remains.</param>
    public DlTensor Reshape(params long[] sizes) => Each(nameof(Reshape), value => value.reshape(sizes),
        ShapeNeeds.Reshape(Shape, sizes));

    private DlTensor Each(string name, Func<Tensor, Tensor> function, string? needs = null) =>
        Tape.Result(name, [this], needs, values => function(values[0]));

    private DlTensor Both(string name, object other, Func<Tensor, Tensor, Tensor> function,
        Func<Shape, Shape, string?>? needs = null)
    {
        var second = Of(other);
        return Tape.Result(name, [this, second], (needs ?? ShapeNeeds.Broadcast)(Shape, second.Shape),
            values => function(values[0], values[1]));
    }
}
