namespace DeepPS.Data;

/// <summary>Texts of trees in JSON.</summary>
internal sealed class TreeForm : TextForm
{
    public override int Order => 2;

    public override ColumnKind? Kind => ColumnKind.Tree;

    public override Column? Infer(CategoryColumn texts, TextReading reading)
    {
        var children = $"\"{reading.Settings.Children ?? TreeNames.DefaultChildren}\"";
        return texts.Levels.Count > 0 && texts.Levels.All(level => level.StartsWith('{') && level.EndsWith('}')
            && level.Contains(children, StringComparison.OrdinalIgnoreCase)) ? Read(texts, reading) : null;
    }

    public override Column Read(CategoryColumn texts, TextReading reading)
    {
        var builder = new TreeBuilder(texts.Name, reading.Settings);
        var rows = new Dictionary<int, int>();
        foreach (var (row, code) in texts.Codes.ToArray().Index())
            rows.TryAdd(code, row + 1);
        foreach (var (code, level) in texts.Levels.Index())
            builder.AddJson(rows.GetValueOrDefault(code), level);
        var distinct = builder.Build();
        return new TreeColumn(texts.Name, distinct.Trees.Take(texts.Codes), distinct.Names);
    }
}
