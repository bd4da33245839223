using System.Globalization;
using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Messages to a help desk and the team that can help: text to route, with typing errors, greetings and side remarks.
/// </summary>
[CatalogEntry("Tickets")]
public sealed record Tickets : DatasetGenerator
{
    /// <summary>Share of mistyped words.</summary>
    [Setting(Position = 1, Minimum = 0, Maximum = 1)]
    public double Typos { get; init; } = 0.03;

    /// <summary>Share of tickets that mention a working thing of another team.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Remarks { get; init; } = 0.25;

    /// <summary>Share of tickets that do not name the thing.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Vague { get; init; } = 0.1;

    /// <summary>Share of tickets labelled with a wrong team.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Misrouted { get; init; } = 0.02;

    /// <inheritdoc/>
    public override Dataset Generate(int seed)
    {
        var random = new SeededRandom(seed);
        var (texts, teams) = (new int[Count], new int[Count]);
        var levels = new List<string>();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < Count; row++)
        {
            teams[row] = random.Below(TicketPhrases.Teams.Length);
            var text = Write(teams[row], random);
            if (random.Uniform() < Misrouted)
                teams[row] = Another(teams[row], random);
            if (!known.TryGetValue(text, out texts[row]))
            {
                known.Add(text, texts[row] = levels.Count);
                levels.Add(text);
            }
        }

        return new Dataset("Tickets",
            [
                new CategoryColumn("Text", texts, levels).With(new ColumnSettings { Kind = ColumnKind.Text }),
                new CategoryColumn("Team", teams, TicketPhrases.Teams),
            ], "Team");
    }

    private string Write(int team, SeededRandom random)
    {
        var thing = random.Uniform() < Vague ? "it" : Of(TicketPhrases.Things[team], random);
        var problem = string.Format(CultureInfo.InvariantCulture, Of(TicketPhrases.Problems[team], random), thing,
            Of(TicketPhrases.Places, random)) + ".";
        if (random.Uniform() < Remarks)
        {
            var remark = $"{Of(TicketPhrases.Things[Another(team, random)], random)} works fine.";
            problem = random.Below(2) == 0 ? $"{problem} {remark}" : $"{remark} {problem}";
        }

        var words = $"{Of(TicketPhrases.Openings, random)} {problem} {Of(TicketPhrases.Closings, random)}".Split(
            ' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Select(word => random.Uniform() < Typos ? Mistype(word, random) : word));
    }

    private static int Another(int team, SeededRandom random) =>
        (team + 1 + random.Below(TicketPhrases.Teams.Length - 1)) % TicketPhrases.Teams.Length;

    /// <summary>Swaps two letters, or drops or doubles one.</summary>
    private static string Mistype(string word, SeededRandom random)
    {
        if (word.Length < 4 || !word.All(char.IsAsciiLetter))
            return word;
        var at = 1 + random.Below(word.Length - 2);
        return random.Below(3) switch
        {
            0 => $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}",
            1 => word.Remove(at, 1),
            _ => word.Insert(at, word[at].ToString()),
        };
    }

    private static string Of(string[] choices, SeededRandom random) => choices[random.Below(choices.Length)];
}
