namespace DeepPS.Data;

/// <summary>Splits text into characters; one beyond the basic plane, such as an emoji, counts as one.</summary>
/// <param name="caseSensitive">Whether upper and lower case differ.</param>
/// <param name="characters">The known characters, the most frequent first.</param>
internal sealed class CharacterTokenizer(bool caseSensitive, string[] characters)
    : PieceTokenizer(caseSensitive, characters)
{
    public override TokenizerKind Kind => TokenizerKind.Character;

    public override string Description => $"{Levels - First:N0} characters";

    public override string TextOf(IEnumerable<int> ids, TextSpacing spacing) =>
        string.Concat(ids.Select(id => Vocabulary[id - First]));

    /// <summary>The characters of a text; half a surrogate pair is U+FFFD.</summary>
    public static IEnumerable<string> Split(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            yield return rune.ToString();
    }

    protected override IEnumerable<string> Pieces(string text) => Split(text);
}
