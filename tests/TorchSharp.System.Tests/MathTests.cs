using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class MathTests
{
    private static readonly double[] Numbers = [0.1, 0.5, 0.9, 0.3];

    public static TheoryData<string> Functions => [.. Table.Keys];

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Tensor, Func<double, double> Number)> Table = new()
    {
        ["abs"] = (x => x.abs(), Math.Abs),
        ["exp"] = (x => x.exp(), Math.Exp),
        ["expm1"] = (x => x.expm1(), v => Math.Exp(v) - 1),
        ["log"] = (x => x.log(), Math.Log),
        ["log1p"] = (x => x.log1p(), v => Math.Log(1 + v)),
        ["sqrt"] = (x => x.sqrt(), Math.Sqrt),
        ["rsqrt"] = (x => x.rsqrt(), v => 1 / Math.Sqrt(v)),
        ["square"] = (x => x.square(), v => v * v),
        ["reciprocal"] = (x => x.reciprocal(), v => 1 / v),
        ["sin"] = (x => x.sin(), Math.Sin),
        ["cos"] = (x => x.cos(), Math.Cos),
        ["tan"] = (x => x.tan(), Math.Tan),
        ["tanh"] = (x => x.tanh(), Math.Tanh),
        ["sigmoid"] = (x => x.sigmoid(), v => 1 / (1 + Math.Exp(-v))),
        ["pow"] = (x => x.pow(3), v => v * v * v),
        ["neg"] = (x => -x, v => -v),
        ["clamp"] = (x => x.clamp(0.2, 0.6), v => Math.Clamp(v, 0.2, 0.6)),
        ["scalar on the left"] = (x => 2 - 3 / x, v => 2 - (3 / v)),
        ["scalar on the right"] = (x => ((x + 1) * 2 - 0.5) / 4, v => (((v + 1) * 2) - 0.5) / 4),
        ["lerp"] = (x => x.lerp(x * 3, torch.tensor(0.25, ScalarType.Float64)), v => v + (0.25 * 2 * v)),
        ["addcmul"] = (x => x.addcmul(x, x, 0.5), v => v + (0.5 * v * v)),
        ["addcdiv"] = (x => x.addcdiv(x, x.exp(), 2), v => v + (2 * v / Math.Exp(v))),
        ["maximum"] = (x => maximum(x, 0.4 + 0 * x), v => Math.Max(v, 0.4)),
        ["where"] = (x => where(x > 0.4, x * 2, x), v => v > 0.4 ? v * 2 : v),
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Values_and_gradients_are_right(string name)
    {
        using var scope = NewDisposeScope();
        var (function, number) = Table[name];
        var x = torch.tensor(Numbers).reshape(2, 2);

        Expect.Close(Numbers.Select(number).ToArray(), function(x), 1e-9);
        Expect.Gradient(function, x);
    }

    [Fact]
    public void In_place_forms_change_the_tensor_and_answer_it()
    {
        using var x = torch.tensor(new float[] { 1, 4 });

        Assert.Same(x, x.add_(1));
        Assert.Same(x, x.mul_(2).sub_(torch.tensor(1f)).div_(3));
        Expect.Close([1, 3], x);
        Expect.Close([0, 0], x.zero_());
        Expect.Close([5, 5], x.fill_(5));
        Expect.Close([2, 2], x.clamp_(0, 2));
    }

    [Fact]
    public void Remainder_and_rounding_follow_their_modes()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(new float[] { 7, -7 });

        Expect.Close([1, 2], x % 3);
        Expect.Close([1, -1], x.fmod(3));
        Expect.Close([2, -3], x.div(3, RoundingMode.floor));
        Expect.Close([2, -2], x.div(torch.tensor(3f), RoundingMode.trunc));
    }

    [Fact]
    public void Comparisons_are_elements_truths()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(new float[] { 1, 2, float.NaN });

        Expect.Close([0, 1, 0], x > 1);
        Expect.Close([1, 0, 0], x == 1);
        Expect.Close([0, 1, 1], x != 1);
        Expect.Close([1, 1, 0], 2 >= x);
        Expect.Close([0, 0, 1], x.isnan());
        Expect.Close([1, 1, 0], x.isfinite());
        Expect.Close([0, 1, 0], (x > 1) & (x < 3));
        Expect.Close([1, 0, 1], ~(x == 2));
        Assert.True(torch.tensor(new[] { 1, 2 }).Equals(torch.tensor(new[] { 1, 2 })));
        Assert.False(torch.tensor(new[] { 1, 2 }).Equals(torch.tensor(new[] { 1, 3 })));
        Assert.True(ones(2).allclose(ones(2) + 1e-7));
    }

    [Fact]
    public void Products_of_matrices_are_sums_of_products()
    {
        using var scope = NewDisposeScope();
        double[] a = [1, 2, 3, 4, 5, 6], b = [7, 8, 9, 10, 11, 12];
        var expected = new double[4];
        for (var i = 0; i < 2; i++)
            for (var j = 0; j < 2; j++)
                for (var k = 0; k < 3; k++) expected[(i * 2) + j] += a[(i * 3) + k] * b[(k * 2) + j];
        var (x, y) = (torch.tensor(a).reshape(2, 3), torch.tensor(b).reshape(3, 2));

        Expect.Close(expected, x.matmul(y));
        Expect.Close(expected, mm(x, y));
        Expect.Close(expected, einsum("ik,kj->ij", x, y));
        Expect.Close(expected, x.unsqueeze(0).bmm(y.unsqueeze(0)));
        Expect.Close(expected.Select(v => v + 1).ToArray(), ones(2, 2, ScalarType.Float64).addmm(x, y));
        Expect.Close(32, dot(torch.tensor(new double[] { 1, 2, 3 }), torch.tensor(new double[] { 4, 5, 6 })));
        Expect.Gradient(m => m.matmul(y), x);
    }

    [Fact]
    public void Linear_algebra_solves_what_it_is_given()
    {
        using var scope = NewDisposeScope();
        var a = torch.tensor(new double[,] { { 4, 1 }, { 2, 3 } });
        var b = torch.tensor(new double[,] { { 1 }, { 2 } });

        Expect.Close([0.1, 0.6], linalg.solve(a, b));
        Expect.Close([0.3, -0.1, -0.2, 0.4], linalg.inv(a));
        Expect.Close([0.3, -0.1, -0.2, 0.4], linalg.pinv(a));
        Expect.Close(10, linalg.det(a));
        var (u, s, v) = linalg.svd(a);
        Expect.Close([4, 1, 2, 3], u.matmul(diag(s)).matmul(v));
        var (q, r) = linalg.qr(a);
        Expect.Close([4, 1, 2, 3], q.matmul(r));
        Expect.Close(Math.Sqrt(30), linalg.norm(a));
        var (solution, _, _, _) = linalg.lstsq(a, b);
        Expect.Close([0.1, 0.6], solution);
        var l = linalg.cholesky(torch.tensor(new double[,] { { 4, 2 }, { 2, 3 } }));
        Expect.Close([2, 0, 1, Math.Sqrt(2)], l);
    }
}
