using System.Reflection;

namespace TorchSharp.Tests;

public class OpsTests
{
    [Fact]
    public void Every_operator_in_the_table_is_in_this_libtorch()
    {
        var missing = typeof(Ops).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(f => f.Name != nameof(Ops.scaled_dot_product_attention) && !((Op)f.GetValue(null)!).Exists)
            .Select(f => f.Name);

        Assert.Empty(missing);
    }

    [Fact]
    public void An_unknown_operator_is_named()
    {
        var error = Assert.Throws<NotSupportedException>(() => new Op("no_such_operator", "x").Call());

        Assert.Contains("aten::no_such_operator.x", error.Message);
    }

    [Fact]
    public void Arguments_left_out_are_the_schemas_defaults()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor(new float[] { 1, 2 });

        Expect.Close([2, 4], Ops.add_Tensor.Call(x, x));
        Expect.Close([4, 8], Ops.add_Tensor.Call(x, x, 3));
    }

    [Fact]
    public void A_missing_argument_and_one_too_many_are_errors()
    {
        using var x = torch.ones(2);

        Assert.Contains("is missing", Assert.ThrowsAny<Exception>(() => Ops.add_Tensor.Call(x)).Message);
        Assert.Contains("takes 3", Assert.ThrowsAny<Exception>(() => Ops.add_Tensor.Call(x, x, 1, 1)).Message);
    }

    [Fact]
    public void Lists_longer_than_the_stack_has_room_for_pass()
    {
        using var scope = torch.NewDisposeScope();
        var parts = Enumerable.Range(0, 500).Select(i => torch.full(1, i)).ToArray();

        Expect.Close(Enumerable.Range(0, 500).Select(i => (double)i).ToArray(), torch.cat(parts));
    }
}
