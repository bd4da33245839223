using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class ErrorTests
{
    [Fact]
    public void A_cpp_error_is_one_exception_and_the_next_call_works()
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < 3; i++)
        {
            var error = Assert.Throws<ExternalException>(() => zeros(2, 3).matmul(zeros(2, 3)));

            Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message.Trim());
            Expect.Close([2, 2], ones(2) + ones(2));
        }
    }

    [Fact]
    public void Errors_of_each_part_of_the_shim_are_caught()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ExternalException>(() => ones(2, ScalarType.Int64).requires_grad_());
        Assert.Throws<ExternalException>(() => ones(2).backward());
        Assert.Throws<ExternalException>(() => ones(2).view(3));
        Assert.Throws<ExternalException>(() => ones(2).to(ScalarType.Float32, new Device(DeviceType.CUDA, 77)));
        Assert.Throws<ExternalException>(() => ones(2).ToSingle());
        Assert.ThrowsAny<Exception>(() => new Generator().set_state(ones(3)));
    }

    [Fact]
    public void No_text_of_a_cpp_stack_is_shown()
    {
        var error = Assert.Throws<ExternalException>(() => ones(2).view(3));

        Assert.DoesNotContain("frame #", error.Message);
        Assert.DoesNotContain("Exception raised from", error.Message);
    }

    [Fact]
    public void A_device_has_a_text_and_a_wrong_one_an_error()
    {
        Assert.Equal("cuda:1", new Device("cuda:1").ToString());
        Assert.Equal("cpu", CPU.ToString());
        Assert.Equal(DeviceType.CUDA, device("cuda").type);
        Assert.Contains("'gpu'", Assert.Throws<ArgumentException>(() => device("gpu")).Message);
        Assert.Throws<ArgumentException>(() => device("1"));
    }

    [Fact]
    public void The_process_says_what_it_is()
    {
        Assert.Matches(@"^\d+\.\d+", __version__);
        Assert.True(get_num_threads() >= 1);
        var threads = get_num_threads();
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(threads);
        Assert.Equal(cuda.device_count() > 0, cuda.is_available());
        Assert.Throws<ArgumentOutOfRangeException>(() => set_num_threads(0));
        if (!cuda.is_available()) Assert.Throws<NotSupportedException>(() => cuda.synchronize());
    }
}
