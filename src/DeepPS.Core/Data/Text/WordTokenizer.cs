namespace DeepPS.Data;

/// <summary>Splits text into words.</summary>
/// <param name="caseSensitive">Whether upper and lower case differ.</param>
/// <param name="words">The known words, the most frequent first.</param>
internal sealed class WordTokenizer(bool caseSensitive, string[] words) : PieceTokenizer(caseSensitive, words)
{
    public override TokenizerKind Kind => TokenizerKind.Word;

    public override string Description => $"{Levels - First:N0} words";

    public override string TextOf(IEnumerable<int> ids, TextSpacing spacing) =>
        spacing.Join(ids.Select(id => Vocabulary[id - First]));

    protected override IEnumerable<string> Pieces(string text) => TextWords.Of(text);
}
