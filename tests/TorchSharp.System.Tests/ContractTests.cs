namespace TorchSharp.Tests;

/// <summary>
/// The assembly is a drop-in: what it has, TorchSharp 0.107 has with the same signature. The kept contract is that
/// release's API, cut to the types that are here; contract/cut.sh made it. What TorchSharp itself calls obsolete, as it does
/// members that it has not implemented, may be here, and is not obsolete then.
/// </summary>
public class ContractTests
{
    private static readonly string[] Ours = ApiList.Of(typeof(torch).Assembly).Select(ApiList.WithoutBases).ToArray();

    private static readonly HashSet<string> Contract = Read().Select(ApiList.WithoutBases).ToHashSet();

    [Fact]
    public void Every_public_member_is_TorchSharps_own()
    {
        var strangers = Ours.Where(line => !Contract.Contains(line)).ToArray();

        Assert.True(strangers.Length == 0, "Not in the contract:\n" + string.Join('\n', strangers));
    }

    [Fact]
    public void The_contract_is_kept_for_the_types_that_are_here_and_no_others()
    {
        var ours = Ours.Select(line => line.Split(" | ")[0]).ToHashSet();
        var kept = Contract.Select(line => line.Split(" | ")[0]).ToHashSet();

        Assert.Equal(ours.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_listed_line_has_the_form_of_the_contract() =>
        Assert.Contains(
            "TorchSharp.torch.Tensor | method | public TorchSharp.torch.Tensor add(TorchSharp.torch.Tensor target)", Ours);

    private static IEnumerable<string> Read()
    {
        using var reader = new StreamReader(typeof(ContractTests).Assembly.GetManifestResourceStream("contract")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(" [Obsolete(")[0]);
    }
}
