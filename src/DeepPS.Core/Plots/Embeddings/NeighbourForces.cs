using System.Numerics;

namespace DeepPS.Plots;

/// <summary>The gradient of t-SNE over all pairs in one pass: torch would make ten matrices of pairs in each
/// step.</summary>
/// <param name="target">The neighbour probabilities, count x count.</param>
/// <param name="count">The number of places.</param>
internal sealed class NeighbourForces(float[] target, int count)
{
    /// <summary>The gradient by each place, as sums over its pairs.</summary>
    /// <remarks>With q = 1 / (1 + distance²) and Z the sum of all q: 4 (e p q - q² / Z) (y - y').</remarks>
    /// <param name="x">The first coordinates.</param>
    /// <param name="y">The second coordinates.</param>
    /// <param name="exaggeration">The factor of the probabilities.</param>
    /// <param name="gradientX">Takes the gradient by the first coordinates.</param>
    /// <param name="gradientY">Takes the gradient by the second coordinates.</param>
    public void Add(float[] x, float[] y, float exaggeration, float[] gradientX, float[] gradientY)
    {
        var (pushX, pushY, sum) = (new float[count], new float[count], 0.0);
        for (var i = 0; i < count; i++)
        {
            var (pull, push, near) = Row(x, y, i);
            (gradientX[i], gradientY[i]) = (4 * exaggeration * pull.X, 4 * exaggeration * pull.Y);
            (pushX[i], pushY[i]) = (push.X, push.Y);
            // The place itself has a distance of 0.
            sum += near - 1;
        }

        var scale = (float)(4 / Math.Max(sum, 1e-12));
        for (var i = 0; i < count; i++)
        {
            gradientX[i] -= scale * pushX[i];
            gradientY[i] -= scale * pushY[i];
        }
    }

    private ((float X, float Y) Pull, (float X, float Y) Push, float Near) Row(float[] x, float[] y, int i)
    {
        var (pullX, pullY, pushX, pushY, near) =
            (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var (hereX, hereY) = (new Vector<float>(x[i]), new Vector<float>(y[i]));
        var (row, j) = (i * count, 0);
        for (; j <= count - Vector<float>.Count; j += Vector<float>.Count)
        {
            var (dx, dy) = (hereX - new Vector<float>(x, j), hereY - new Vector<float>(y, j));
            var q = Vector<float>.One / (Vector<float>.One + dx * dx + dy * dy);
            var pq = new Vector<float>(target, row + j) * q;
            var qq = q * q;
            near += q;
            pullX += pq * dx;
            pullY += pq * dy;
            pushX += qq * dx;
            pushY += qq * dy;
        }

        var (pull, push, sum) = ((X: Vector.Sum(pullX), Y: Vector.Sum(pullY)),
            (X: Vector.Sum(pushX), Y: Vector.Sum(pushY)), Vector.Sum(near));
        for (; j < count; j++)
        {
            var (dx, dy) = (x[i] - x[j], y[i] - y[j]);
            var q = 1 / (1 + dx * dx + dy * dy);
            sum += q;
            pull = (pull.X + target[row + j] * q * dx, pull.Y + target[row + j] * q * dy);
            push = (push.X + q * q * dx, push.Y + q * q * dy);
        }

        return (pull, push, sum);
    }
}
