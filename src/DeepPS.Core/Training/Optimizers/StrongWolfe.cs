using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>A point along a direction.</summary>
/// <param name="Loss">The loss there.</param>
/// <param name="Gradient">The gradient there, of all parameters in one vector.</param>
/// <param name="Slope">How fast the loss changes along the direction.</param>
internal readonly record struct LinePoint(double Loss, Tensor Gradient, double Slope = 0);

/// <summary>
/// Finds a length along a direction that meets the strong Wolfe conditions: first a bracket that must contain one, then
/// smaller and smaller brackets. As in PyTorch, after Schmidt's minFunc; Nocedal and Wright, Numerical Optimization,
/// algorithms 3.5 and 3.6.
/// </summary>
internal sealed class StrongWolfe
{
    /// <summary>The fraction of the decrease predicted by the slope that the loss must reach (c1).</summary>
    private const double Fall = 1e-4;

    /// <summary>The fraction of the slope that may remain (c2).</summary>
    private const double SlopeLeft = 0.9;

    private const int Trials = 25;
    private readonly Func<double, LinePoint> evaluate;
    private readonly LinePoint start;
    private int evaluations;

    private StrongWolfe(Func<double, LinePoint> evaluate, LinePoint start)
    {
        this.evaluate = evaluate;
        this.start = start;
    }

    /// <summary>Searches.</summary>
    /// <param name="evaluate">Evaluates the point at a length.</param>
    /// <param name="first">The first length to try.</param>
    /// <param name="start">The point where the direction begins.</param>
    /// <param name="smallest">The search ends when the bracket is shorter.</param>
    public static (LinePoint Point, double Length, int Evaluations) Search(
        Func<double, LinePoint> evaluate, double first, LinePoint start, double smallest)
    {
        var search = new StrongWolfe(evaluate, start);
        var bracket = search.Bracket(first);
        var found = bracket.Length == 1 ? bracket[0] : search.Zoom(bracket, smallest);
        return (found.Point, found.Length, search.evaluations);
    }

    private Trial Try(double length)
    {
        evaluations++;
        return new Trial(length, evaluate(length));
    }

    private bool FallsEnough(Trial trial) => trial.Loss <= start.Loss + Fall * trial.Length * start.Slope;

    private bool IsFlatEnough(Trial trial) => Math.Abs(trial.Slope) <= -SlopeLeft * start.Slope;

    /// <summary>Goes further and further until one length is good, or two enclose a good one.</summary>
    private Trial[] Bracket(double length)
    {
        var before = new Trial(0, start);
        var now = Try(length);
        for (var i = 0; i < Trials; i++)
        {
            if (!FallsEnough(now) || (i > 1 && now.Loss >= before.Loss))
                return [before, now];
            if (IsFlatEnough(now))
                return [now];
            if (now.Slope >= 0)
                return [before, now];
            var next = Lowest(before, now, now.Length + 0.01 * (now.Length - before.Length), now.Length * 10);
            before = now;
            now = Try(next);
        }

        return [new Trial(0, start), now];
    }

    /// <summary>Shortens a bracket until the end with the lower loss is a good length.</summary>
    private Trial Zoom(Trial[] ends, double smallest)
    {
        var low = Lower(ends);
        var slow = false;
        while (evaluations <= Trials && Math.Abs(ends[1].Length - ends[0].Length) >= smallest)
        {
            var now = Try(Inside(ends, ref slow));
            if (!FallsEnough(now) || now.Loss >= ends[low].Loss)
            {
                ends[1 - low] = now;
                low = Lower(ends);
                continue;
            }

            var done = IsFlatEnough(now);
            if (!done && now.Slope * (ends[1 - low].Length - ends[low].Length) >= 0)
                ends[1 - low] = ends[low];
            ends[low] = now;
            if (done)
                break;
        }

        return ends[low];
    }

    private static int Lower(Trial[] ends) => ends[0].Loss <= ends[1].Loss ? 0 : 1;

    /// <summary>
    /// The next length to try in a bracket: the minimum of the cubic, but not close to an end twice in a row.
    /// </summary>
    private static double Inside(Trial[] ends, ref bool slow)
    {
        var shortest = Math.Min(ends[0].Length, ends[1].Length);
        var longest = Math.Max(ends[0].Length, ends[1].Length);
        var length = Lowest(ends[0], ends[1], shortest, longest);
        var margin = 0.1 * (longest - shortest);
        var close = Math.Min(longest - length, length - shortest) < margin;
        if (close && (slow || length >= longest || length <= shortest))
        {
            slow = false;
            return longest - length < length - shortest ? longest - margin : shortest + margin;
        }

        slow = close;
        return length;
    }

    /// <summary>The minimum of the cubic through two points with their slopes, between two limits.</summary>
    private static double Lowest(Trial one, Trial other, double shortest, double longest)
    {
        var (a, b) = one.Length <= other.Length ? (one, other) : (other, one);
        var bend = a.Slope + b.Slope - 3 * (a.Loss - b.Loss) / (a.Length - b.Length);
        var square = bend * bend - a.Slope * b.Slope;
        if (!(square >= 0))
            return (shortest + longest) / 2;
        var root = Math.Sqrt(square);
        var lowest = b.Length - (b.Length - a.Length) * ((b.Slope + root - bend) / (b.Slope - a.Slope + 2 * root));
        return Math.Min(Math.Max(lowest, shortest), longest);
    }

    /// <summary>A length that was tried.</summary>
    private readonly record struct Trial(double Length, LinePoint Point)
    {
        public double Loss => Point.Loss;

        public double Slope => Point.Slope;
    }
}
