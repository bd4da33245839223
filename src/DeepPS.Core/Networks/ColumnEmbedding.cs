using DeepPS.Common;
using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Networks;

/// <summary>Replaces the codes of an input by learned vectors, before any layer: first the columns of numbers, then the
/// vector of each coded column. Parameters: <c>input.COLUMN.weight</c> (codes, features), initialized as in an
/// embedding layer.</summary>
internal sealed class ColumnEmbedding
{
    private readonly (CodedColumn Column, Embedding Layer, Forward LookUp)[] tables;

    /// <summary>Makes the parameters of an input's coded columns.</summary>
    public ColumnEmbedding(NetworkInput input, NetworkState state) => tables = input.Coded.Select(column =>
    {
        var layer = new Embedding { Tokens = column.Codes, Features = column.Features };
        return (column, layer,
            layer.Build(new LayerBuilder(state, new LayerScope(NameOf(column.Name), null, null), [new Shape()])));
    }).ToArray();

    /// <summary>The columns as rows of a model's table.</summary>
    public IEnumerable<LayerRow> Rows => tables.Select(table =>
    {
        var (column, parameters) = (table.Column, (long)table.Column.Codes * table.Column.Features);
        var row = LayerRow.Of(NameOf(column.Name), table.Layer, new Shape(column.Features).ToString(), parameters);
        return row with { From = column.Name };
    });

    /// <summary>The batch for the first layers.</summary>
    /// <param name="batch">(samples, numbers), the codes last.</param>
    /// <param name="context">The forward context.</param>
    public Tensor Of(Tensor batch, ForwardContext context)
    {
        if (tables.Length == 0)
            return batch;
        using var scope = NewDisposeScope();
        var numbers = batch.shape[1] - tables.Length;
        var parts = tables.Select((table, i) => table.LookUp([batch.select(1, numbers + i)], context));
        return cat([batch.narrow(1, 0, numbers), .. parts], 1).MoveToOuterDisposeScope();
    }

    private static string NameOf(string column) => $"{NetworkInput.DefaultName}.{column}";
}
