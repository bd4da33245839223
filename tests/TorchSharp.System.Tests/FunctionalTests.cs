using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

public class FunctionalTests
{
    [Fact]
    public void Linear_is_a_product_and_a_bias()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(new double[,] { { 1, 2 } });
        var w = torch.tensor(new double[,] { { 3, 4 }, { 5, 6 }, { 7, 8 } });
        var b = torch.tensor(new double[] { 0.5, 1, 1.5 });

        Expect.Close([11.5, 18, 24.5], linear(x, w, b));
        Expect.Close([11, 17, 23], linear(x, w));
        Expect.Gradient(v => linear(v, w, b).square(), x);
        Expect.Gradient(v => linear(x, v, b).square(), w);
    }

    [Fact]
    public void Convolution_is_a_sum_over_the_window()
    {
        using var scope = NewDisposeScope();
        var x = Random(2, 2, 5, 4);
        var w = Random(3, 2, 3, 2);
        var bias = Random(3);
        double[] input = Expect.Values(x), kernel = Expect.Values(w), offsets = Expect.Values(bias);
        var expected = new List<double>();
        // stride (2, 1), padding (1, 0)
        for (var n = 0; n < 2; n++)
            for (var o = 0; o < 3; o++)
                for (var i = 0; i < 3; i++)
                    for (var j = 0; j < 3; j++)
                    {
                        var sum = offsets[o];
                        for (var c = 0; c < 2; c++)
                            for (var di = 0; di < 3; di++)
                                for (var dj = 0; dj < 2; dj++)
                                {
                                    int row = (i * 2) - 1 + di, column = j + dj;
                                    if (row is < 0 or >= 5) continue;
                                    sum += input[(((n * 2) + c) * 20) + (row * 4) + column] * kernel[(((o * 2) + c) * 6) + (di * 2) + dj];
                                }

                        expected.Add(sum);
                    }

        Expect.Close(expected, conv2d(x, w, bias, [2, 1], [1, 0]));
        Expect.Gradient(v => conv2d(x, v, bias, [2, 1], [1, 0]).square(), w);
        Assert.Equal([2, 3, 5, 4], conv2d_padding(x, Random(3, 2, 3, 3), padding: Padding.Same).shape);
        Assert.Equal([1, 4, 3], conv1d(Random(1, 2, 7), Random(4, 1, 3), stride: 2, groups: 2).shape);
        Assert.Equal([1, 1, 2, 2, 2], conv3d(Random(1, 1, 3, 3, 3), Random(1, 1, 2, 2, 2)).shape);
    }

    [Fact]
    public void Transposed_convolution_is_the_gradient_of_the_plain_one()
    {
        using var scope = NewDisposeScope();
        var w = Random(2, 3, 2, 2);
        var small = Random(1, 2, 3, 3);
        var big = Random(1, 3, 6, 6).requires_grad_();
        conv2d(big, w, strides: [2, 2]).backward([small]);

        Expect.Close(Expect.Values(big.grad!), conv_transpose2d(small, w, strides: [2, 2]));
        Assert.Equal([1, 3, 8], conv_transpose1d(Random(1, 2, 4), Random(2, 3, 2), stride: 2).shape);
        Assert.Equal(
            [1, 1, 4, 4, 4],
            conv_transpose3d(Random(1, 1, 2, 2, 2), Random(1, 1, 2, 2, 2), strides: [2, 2, 2]).shape);
    }

    [Fact]
    public void Pools_reduce_their_windows()
    {
        using var scope = NewDisposeScope();
        var x = arange(16, ScalarType.Float64).view(1, 1, 4, 4);

        Expect.Close([5, 7, 13, 15], max_pool2d(x, 2));
        Expect.Close([5, 7, 13, 15], max_pool2d(x, [2, 2]));
        Expect.Close([5, 7, 13, 15], max_pool2d(x, (2, 2)));
        Expect.Close([2.5, 4.5, 10.5, 12.5], avg_pool2d(x, 2));
        Expect.Close([7.5], adaptive_avg_pool2d(x, 1));
        Expect.Close([15], adaptive_max_pool2d(x, [1, 1]));
        Expect.Close([1, 3], max_pool1d(x[0, 0, TensorIndex.Slice(0, 1)], 2));
        Expect.Close([0.5, 2.5], avg_pool1d(x[0, 0, TensorIndex.Slice(0, 1)], 2));
        Assert.Equal([1, 1, 2, 2, 1], max_pool3d(Random(1, 1, 4, 4, 2), [2, 2, 2]).shape);
        var (values, indices) = max_pool2d_with_indices(x, [2, 2]);
        Expect.Close([5, 7, 13, 15], indices);
        Expect.Close([0, 0, 0, 0, 0, 5, 0, 7, 0, 0, 0, 0, 0, 13, 0, 15], max_unpool2d(values, indices, [2, 2]));
        Expect.Gradient(v => avg_pool2d(v, 2).square(), x);
        Expect.Close(Math.Sqrt(0 + 1 + 16 + 25), lp_pool2d(x, 2, 2)[0, 0, 0, 0]);
    }

    [Fact]
    public void Normalizations_leave_mean_zero_and_variance_one()
    {
        using var scope = NewDisposeScope();
        var x = Random(4, 6, 3, 3) * 3 + 2;
        var (weight, bias) = (Random(6), Random(6));

        Centered(batch_norm(x, null, null, training: true, eps: 0).transpose(0, 1).reshape(6, -1));
        Centered(layer_norm(x, [6, 3, 3], eps: 0).reshape(4, -1));
        Centered(group_norm(x, 2, eps: 0).reshape(8, -1));
        Centered(instance_norm(x, eps: 0).reshape(24, -1));
        Expect.Gradient(v => batch_norm(v, null, null, weight, bias, true).pow(3), x[..2]);
        Expect.Gradient(v => layer_norm(v, [3], eps: 1e-3).pow(3), x[0, 0]);

        var (mean, variance) = (zeros(6, ScalarType.Float64), ones(6, ScalarType.Float64));
        batch_norm(x, mean, variance, training: true, momentum: 0.5);
        Expect.Close(Expect.Values(x.mean([0, 2, 3]) * 0.5), mean);
        Expect.Close(
            Expect.Values((x - 0.5) / Math.Sqrt(2 + 1e-5)),
            batch_norm(x, full(6, 0.5, ScalarType.Float64), full(6, 2, ScalarType.Float64)));
    }

    [Fact]
    public void Local_response_norm_divides_by_the_neighbours()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(new double[] { 1, 2, 3 }).reshape(1, 3, 1);
        double By(double value, double squares) => value / Math.Pow(1 + (0.5 * squares / 3), 0.75);

        Expect.Close([By(1, 1 + 4), By(2, 1 + 4 + 9), By(3, 4 + 9)], local_response_norm(x, 3, 0.5));
    }

    [Fact]
    public void Activations_have_their_formulas()
    {
        using var scope = NewDisposeScope();
        double[] v = [-2, -0.5, 0.25, 2.5];
        var x = torch.tensor(v);
        double Sigmoid(double a) => 1 / (1 + Math.Exp(-a));
        double Softplus(double a) => Math.Log(1 + Math.Exp(a));
        void Is(Func<Tensor, Tensor> function, Func<double, double> formula)
        {
            Expect.Close(v.Select(formula).ToArray(), function(x), 1e-6);
            Expect.Gradient(function, x);
        }

        Is(t => relu(t), a => Math.Max(a, 0));
        Is(t => relu6(t * 3), a => Math.Clamp(a * 3, 0, 6));
        Is(t => leaky_relu(t, 0.1), a => a > 0 ? a : 0.1 * a);
        Is(t => prelu(t, torch.tensor(new[] { 0.2 })), a => a > 0 ? a : 0.2 * a);
        Is(t => elu(t, 0.5), a => a > 0 ? a : 0.5 * (Math.Exp(a) - 1));
        Is(t => celu(t, 2), a => Math.Max(a, 0) + Math.Min(0, 2 * (Math.Exp(a / 2) - 1)));
        Is(t => silu(t), a => a * Sigmoid(a));
        Is(t => mish(t), a => a * Math.Tanh(Softplus(a)));
        Is(t => softplus(t), Softplus);
        Is(t => softsign(t), a => a / (1 + Math.Abs(a)));
        Is(t => hardswish(t), a => a * Math.Clamp(a + 3, 0, 6) / 6);
        Is(t => hardtanh(t), a => Math.Clamp(a, -1, 1));
        Is(t => logsigmoid(t), a => -Softplus(-a));
        Is(t => tanhshrink(t), a => a - Math.Tanh(a));
        Is(
            t => gelu(t, Modules.GELU.Approximate.tanh),
            a => 0.5 * a * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (a + (0.044715 * a * a * a)))));
        Is(t => threshold(t, 0.3, -7), a => a > 0.3 ? a : -7);
        Expect.Close([-2 * Sigmoid(0.25), -0.5 * Sigmoid(2.5)], glu(x));
        using var y = x.clone();
        Assert.Same(y, relu(y, inplace: true));
        Expect.Close([0, 0, 0.25, 2.5], y);
    }

    [Fact]
    public void Losses_are_as_by_hand()
    {
        using var scope = NewDisposeScope();
        var logits = torch.tensor(new double[,] { { 1, 2, 3 }, { 2, 0, -1 } });
        var labels = torch.tensor(new long[] { 2, 1 });
        double Nll(double[] row, int label) => Math.Log(row.Sum(Math.Exp)) - row[label];
        double[] each = [Nll([1, 2, 3], 2), Nll([2, 0, -1], 1)];

        Expect.Close(each.Average(), cross_entropy(logits, labels));
        Expect.Close(each, cross_entropy(logits, labels, reduction: nn.Reduction.None));
        Expect.Close(each[0], cross_entropy(logits, torch.tensor(new long[] { 2, -100 })));
        Expect.Close(
            ((each[0] * 3) + (each[1] * 2)) / 5,
            cross_entropy(logits, labels, torch.tensor(new double[] { 1, 2, 3 })));
        Expect.Close(each.Sum(), nll_loss(logits.log_softmax(1), labels, reduction: nn.Reduction.Sum));
        Expect.Gradient(v => cross_entropy(v, labels, label_smoothing: 0.1), logits);

        var (p, t) = (torch.tensor(new[] { 0.25, 0.9 }), torch.tensor(new[] { 0.0, 1.0 }));
        Expect.Close(-(Math.Log(0.75) + Math.Log(0.9)) / 2, binary_cross_entropy(p, t));
        Expect.Close(
            -(Math.Log(0.75) + (3 * Math.Log(0.9))) / 2,
            binary_cross_entropy_with_logits(p.logit(), t, pos_weights: torch.tensor(3.0)));
        Expect.Close((0.0625 + 0.01) / 2, mse_loss(p, t));
        Expect.Close((0.25 + 0.1) / 2, l1_loss(p, t));
        Expect.Close((0.03125 + 0.005) / 2, smooth_l1_loss(p, t));
        Expect.Close(((0.2 * (0.25 - 0.1)) + 0.005) / 2, huber_loss(p, t, 0.2));
        Expect.Close((Math.Log(2) - Math.Log(0.25) - Math.Log(2) + Math.Log(0.25)) / 2, kl_div(p.log(), p.log()));
        Expect.Close(
            0.9 * (Math.Log(0.9) - Math.Log(0.5)),
            kl_div(torch.tensor(new[] { Math.Log(0.5) }), torch.tensor(new[] { 0.9 }), log_target: false));
        Expect.Close(
            [0.5 * (Math.Log(2.0) + (0.0625 / 2)), 0.5 * (Math.Log(2.0) + (0.01 / 2))],
            gaussian_nll_loss(p, t, full([2], 2, ScalarType.Float64), reduction: nn.Reduction.None));
        Expect.Close(0.25 * 0 + 0.9 / Math.Sqrt((0.0625 + 0.81) * 1), cosine_similarity(p, t, 0));
        Assert.True(ctc_loss(
            Random(5, 1, 3).log_softmax(2), torch.tensor(new long[,] { { 1, 2 } }), torch.tensor(new long[] { 5 }),
            torch.tensor(new long[] { 2 })).ToDouble() > 0);
    }

    [Fact]
    public void Dropout_zeroes_and_scales_while_training_only()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var x = ones(1000, 10, 2, 2);

        Assert.True(dropout(x, 0.5, training: false).Equals(x));
        var dropped = dropout(x, 0.25);
        Assert.Equal([0, 4 / 3.0], Expect.Values(dropped.unique().output).Select(v => Math.Round(v, 6)).Zip(
            [0, 4 / 3.0], (a, b) => Math.Abs(a - b) < 1e-5 ? b : a));
        Assert.InRange(dropped.mean().ToDouble(), 0.97, 1.03);
        var channels = dropout2d(x, 0.5).flatten(2);
        Assert.True(channels.amax(2).Equals(channels.amin(2)));
        Assert.Equal([10, 2, 2], dropout2d(ones(10, 2, 2), 0.5).shape);
    }

    [Fact]
    public void Resampling_finds_the_values_between()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(new double[] { 0, 1, 2, 3 }).reshape(1, 1, 2, 2);

        Expect.Close([0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3], interpolate(x, scale_factor: [2]));
        Expect.Close(
            [0, 0.5, 1, 1, 1.5, 2, 2, 2.5, 3],
            interpolate(x, [3, 3], mode: InterpolationMode.Bilinear, align_corners: true));
        Expect.Close([1.5], interpolate(x, [1, 1], mode: InterpolationMode.Area));
        var identity = torch.tensor(new double[,,] { { { 1, 0, 0 }, { 0, 1, 0 } } });
        Expect.Close([0, 1, 2, 3], grid_sample(x, affine_grid(identity, [1, 1, 2, 2])));
        Assert.Equal([1, 1, 4, 4], pixel_shuffle(ones(1, 4, 2, 2), 2).shape);
        Expect.Close([0, 1, 0, 1, 0, 0], one_hot(torch.tensor(new long[] { 1, 0 }), 3));
        Expect.Close([0, 1, 2, 3], fold(unfold(x, 1), 2, 1));
        Expect.Close([1, 0, 1, 3, 2, 3], pad(x, [1, 0, 0, 0], PaddingModes.Reflect));
        Assert.Throws<ArgumentException>(() => interpolate(x));
    }

    [Fact]
    public void Attention_weighs_the_values()
    {
        using var scope = NewDisposeScope();
        var (q, k, v) = (Random(1, 3, 2), Random(1, 3, 2), Random(1, 3, 2));

        Expect.Close(
            Expect.Values((q.matmul(k.transpose(1, 2)) / Math.Sqrt(2)).softmax(-1).matmul(v)),
            scaled_dot_product_attention(q, k, v));
        Expect.Close(Expect.Values(v[0, 0]), scaled_dot_product_attention(q, k, v, is_casual: true)[0, 0]);
    }

    [Fact]
    public void What_has_no_deterministic_algorithm_fails_while_one_is_asked_for()
    {
        using var scope = NewDisposeScope();
        Tensor Unpool() => max_unpool2d(ones(1, 1, 1, 1), zeros([1, 1, 1, 1], ScalarType.Int64), [2, 2]);
        using (use_deterministic_algorithms())
        {
            Assert.True(are_deterministic_algorithms_enabled());
            Assert.Contains("deterministic", Assert.ThrowsAny<Exception>(Unpool).Message);
            using (use_deterministic_algorithms(false))
                Assert.Equal(1, Unpool().sum().ToDouble());
            Assert.True(are_deterministic_algorithms_enabled());
        }

        Assert.False(are_deterministic_algorithms_enabled());
        Assert.Equal(1, Unpool().sum().ToDouble());
    }

    private static Tensor Random(params long[] size) =>
        randn(size, ScalarType.Float64, generator: new Generator((ulong)size.Sum()));

    private static void Centered(Tensor rows)
    {
        Expect.Close(new double[rows.shape[0]], rows.mean([1]), 1e-6);
        Expect.Close(Enumerable.Repeat(1.0, (int)rows.shape[0]).ToArray(), rows.var(1, unbiased: false), 1e-6);
    }
}
