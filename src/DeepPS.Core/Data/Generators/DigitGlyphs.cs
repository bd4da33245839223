using System.Globalization;

namespace DeepPS.Data;

/// <summary>
/// The forms of each digit. A glyph is one or more strokes, a stroke a chain of cubic Bezier curves in a square
/// of side 1, y downward. The paths follow SVG: M starts a stroke, L is a straight line, C a curve.
/// </summary>
internal static class DigitGlyphs
{
    private static readonly string[][] Paths =
    [
        [
            "M .5 0 C .85 0 1 .25 1 .5 C 1 .75 .85 1 .5 1 C .15 1 0 .75 0 .5 C 0 .25 .15 0 .5 0",
            "M .62 .03 C .25 -.04 .08 .28 .08 .55 C .08 .85 .28 1 .5 1 C .8 1 .93 .75 .92 .45 C .91 .18 .75 0 .45 .06",
        ],
        [
            "M .5 0 L .5 1",
            "M .22 .26 L .55 0 L .55 1",
            "M .22 .24 L .5 0 L .5 1 M .18 1 L .82 1",
        ],
        [
            "M .05 .25 C .1 .05 .3 0 .5 0 C .8 0 .95 .15 .95 .32 C .95 .55 .45 .78 .03 1 L 1 1",
            "M .1 .22 C .2 -.03 .88 -.08 .88 .28 C .88 .55 .5 .82 .2 .95 C -.02 1.02 -.02 .74 .2 .77 C .45 .8 .6 1.05 "
                + "1 .93",
        ],
        [
            "M .08 .12 C .25 -.04 .9 -.06 .88 .25 C .86 .44 .6 .47 .38 .47 C .65 .47 .97 .52 .97 .75 C .97 1.06 .3 "
                + "1.08 .03 .88",
            "M .08 0 L .9 0 L .42 .4 C .8 .37 1 .55 .97 .74 C .94 1.06 .3 1.08 .03 .88",
        ],
        [
            "M .2 0 L .06 .58 L .95 .56 M .78 .12 L .7 1",
            "M .7 1 L .7 0 L 0 .68 L 1 .68",
            "M .08 .02 C .02 .3 .02 .55 .3 .52 C .55 .5 .78 .4 .88 .02 C .85 .4 .8 .7 .8 1",
        ],
        [
            "M .9 0 L .2 0 L .14 .44 C .4 .3 .95 .33 .95 .67 C .95 1.06 .3 1.08 .03 .88",
            "M .22 .04 C .2 .2 .2 .3 .14 .43 C .5 .36 .86 .5 .84 .74 C .82 1.02 .35 1.06 .05 .92 M .2 .04 C .4 .0 .7 "
                + ".06 .95 0",
        ],
        [
            "M .8 .02 C .3 .15 .05 .5 .05 .72 C .05 .92 .25 1 .5 1 C .8 1 .95 .86 .95 .71 C .95 .52 .75 .43 .5 .43 C "
                + ".25 .43 .08 .58 .06 .72",
            "M .6 0 C .25 .3 .08 .6 .14 .8 C .2 1.04 .78 1.08 .86 .78 C .9 .5 .38 .48 .2 .84",
        ],
        [
            "M .03 0 L .97 0 L .35 1",
            "M .03 .06 L .95 .02 C .7 .4 .5 .65 .42 1 M .22 .52 L .82 .5",
            "M .06 .2 L .06 .02 L .95 .02 C .85 .3 .6 .6 .55 1",
        ],
        [
            "M .5 .47 C .2 .42 .1 .32 .1 .22 C .1 .07 .3 0 .5 0 C .7 0 .9 .07 .9 .22 C .9 .32 .8 .42 .5 .47 "
                + "C .15 .55 .02 .65 .02 .77 C .02 .93 .25 1 .5 1 C .75 1 .98 .93 .98 .77 C .98 .65 .85 .55 .5 .47",
            "M .85 .12 C .6 -.1 .1 -.02 .15 .25 C .2 .46 .9 .55 .92 .78 C .94 1.06 .1 1.1 .08 .78 C .07 .55 .8 .45 .85 "
                + ".12",
        ],
        [
            "M .95 .28 C .95 .1 .75 0 .5 0 C .2 0 .05 .15 .05 .3 C .05 .5 .25 .58 .5 .58 C .78 .58 .93 .45 .95 .28 L "
                + ".88 1",
            "M .9 .3 C .88 .05 .6 -.02 .4 .02 C .1 .08 .02 .25 .05 .36 C .1 .62 .82 .62 .92 .24 C .96 .6 .88 .88 .42 1",
        ],
    ];

    private static readonly IReadOnlyList<(double X, double Y)[][]>[] Glyphs =
        Paths.Select(variants => (IReadOnlyList<(double X, double Y)[][]>)variants.Select(Parse).ToArray()).ToArray();

    /// <summary>The variants of a digit: strokes of control points, each curve's end the start of the next.</summary>
    public static IReadOnlyList<(double X, double Y)[][]> Of(int digit) => Glyphs[digit];

    private static (double X, double Y)[][] Parse(string path)
    {
        var strokes = new List<List<(double X, double Y)>>();
        var words = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length;)
        {
            var command = words[i++];
            var points = new (double X, double Y)[command == "C" ? 3 : 1];
            for (var j = 0; j < points.Length; j++)
                points[j] = (Number(words[i++]), Number(words[i++]));
            if (command == "M")
                strokes.Add([points[0]]);
            else if (command == "C")
                strokes[^1].AddRange(points);
            else
                strokes[^1].AddRange(Straight(strokes[^1][^1], points[0]));
        }

        return strokes.Select(stroke => stroke.ToArray()).ToArray();
    }

    private static (double X, double Y)[] Straight((double X, double Y) from, (double X, double Y) to) =>
    [
        ((2 * from.X + to.X) / 3, (2 * from.Y + to.Y) / 3),
        ((from.X + 2 * to.X) / 3, (from.Y + 2 * to.Y) / 3),
        to,
    ];

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}
