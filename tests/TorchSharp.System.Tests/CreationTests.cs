using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class CreationTests
{
    [Fact]
    public void Arrays_keep_their_type_shape_and_values()
    {
        using var scope = NewDisposeScope();

        Check(torch.tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }), ScalarType.Float32, [2, 3], [1, 2, 3, 4, 5, 6]);
        Check(torch.tensor(new double[] { 1.5, -2 }), ScalarType.Float64, [2], [1.5, -2]);
        Check(torch.tensor(new long[] { 1, 2 }), ScalarType.Int64, [2], [1, 2]);
        Check(torch.tensor(new byte[] { 255, 0 }), ScalarType.Byte, [2], [255, 0]);
        Check(torch.tensor(new bool[] { true, false }), ScalarType.Bool, [2], [1, 0]);
        Check(torch.tensor(new int[,,] { { { 1 }, { 2 } } }), ScalarType.Int32, [1, 2, 1], [1, 2]);
        Check(torch.tensor(new float[] { 1, 2, 3, 4 }, [2, 2]), ScalarType.Float32, [2, 2], [1, 2, 3, 4]);
        Check(torch.tensor(new List<double> { 1, 2 }), ScalarType.Float64, [2], [1, 2]);
        Check(torch.tensor(new float[] { 1.9f }, dtype: ScalarType.Int32), ScalarType.Int32, [1], [1]);
        Check(torch.tensor(7), ScalarType.Int32, [], [7]);
        Check(torch.tensor(7L), ScalarType.Int64, [], [7]);
        Check(torch.tensor(0.5f), ScalarType.Float32, [], [0.5]);
        Check(torch.from_array(new short[,] { { 1, 2 } }), ScalarType.Int16, [1, 2], [1, 2]);
        Check(torch.tensor(Array.Empty<float>()), ScalarType.Float32, [0], []);
    }

    [Fact]
    public void Functions_of_a_size_make_it_in_each_form()
    {
        using var scope = NewDisposeScope();

        Check(zeros(2, 3), ScalarType.Float32, [2, 3], new double[6]);
        Check(ones(2L), ScalarType.Float32, [2], [1, 1]);
        Check(ones([1, 2], ScalarType.Int64), ScalarType.Int64, [1, 2], [1, 1]);
        Check(full(new long[] { 2 }, 2.5), ScalarType.Float32, [2], [2.5, 2.5]);
        Check(arange(3), ScalarType.Int64, [3], [0, 1, 2]);
        Check(arange(0.0, 1.0, 0.25), ScalarType.Float32, [4], [0, 0.25, 0.5, 0.75]);
        Check(linspace(0, 1, 3), ScalarType.Float32, [3], [0, 0.5, 1]);
        Check(eye(2), ScalarType.Float32, [2, 2], [1, 0, 0, 1]);
        Check(zeros_like(ones(2, 1)), ScalarType.Float32, [2, 1], [0, 0]);
        Assert.Equal([2, 0], empty(2, 0).shape);
    }

    [Fact]
    public void A_shape_that_does_not_fit_the_values_is_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => torch.tensor(new float[] { 1, 2, 3 }, [2, 2]));

        Assert.Contains("4 elements; 3 were given", error.Message);
    }

    [Fact]
    public void Complex_numbers_pass()
    {
        using var scope = NewDisposeScope();
        var z = torch.tensor(new Complex[] { new(1, 2), new(3, -4) });

        Assert.Equal(ScalarType.ComplexFloat64, z.dtype);
        Expect.Close([2, -4], z.imag);
        Assert.Equal(new Complex(-2, 1), z[0].mul(new Complex(0, 1)).ToScalar().ToComplexFloat64());
        Expect.Close([-2, 4], z.conj().imag);
    }

    [Fact]
    public void Frombuffer_shares_the_arrays_memory()
    {
        var array = new float[] { 1, 2, 3 };
        using var tensor = frombuffer(array, ScalarType.Float32, 2, 1);

        tensor.add_(10);

        Assert.Equal([1, 12, 13], array);
    }

    [Fact]
    public void Values_come_out_as_they_are()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(new int[,] { { 1, 2 }, { 3, 4 } });

        Assert.Equal([1, 3, 2, 4], x.t().data<int>().ToArray());
        Assert.Equal(3, x.data<int>()[1, 0]);
        Assert.Equal(new int[,] { { 1, 2 }, { 3, 4 } }, (int[,])x.data<int>().ToNDArray());
        Assert.Equal(4, x[1, 1].item<int>());
        Assert.Equal(4.0, x[1, 1].ToDouble());
        Assert.True(torch.tensor(true).ToBoolean());
        Assert.Throws<ArgumentException>(() => x.data<float>());
        Assert.Throws<ArgumentException>(() => x.item<int>());
        x.data<int>()[0, 1] = 9;
        Assert.Equal(9, x[0, 1].item<int>());
    }

    [Fact]
    public void Bytes_are_the_memory_itself()
    {
        using var x = torch.tensor(new short[] { 1, 256 });

        Assert.Equal([1, 0, 0, 1], x.bytes.ToArray());
        x.bytes = new byte[] { 2, 0, 3, 0 };
        Expect.Close([2, 3], x);
        Assert.Throws<ArgumentException>(() => x.bytes = new byte[3]);
    }

    [Fact]
    public void Types_convert()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(new float[] { 1.7f, -1.7f });

        Check(x.to(ScalarType.Int64), ScalarType.Int64, [2], [1, -1]);
        Check(x.@double(), ScalarType.Float64, [2], [1.7, -1.7]);
        Check(x.half().@float(), ScalarType.Float32, [2], [1.7, -1.7], 1e-3);
        Assert.Equal(ScalarType.BFloat16, x.bfloat16().dtype);
        Assert.Equal(DeviceType.CPU, x.to(CPU).device_type);
        Assert.Equal(ScalarType.Float64, x.to(ones(1, ScalarType.Float64)).dtype);
    }

    private static void Check(Tensor actual, ScalarType dtype, long[] shape, double[] values, double tolerance = 1e-6)
    {
        Assert.Equal(dtype, actual.dtype);
        Assert.Equal(shape, actual.shape);
        Expect.Close(values, actual, tolerance);
    }
}
