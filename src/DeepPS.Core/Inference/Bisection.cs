using DeepPS.Common;

namespace DeepPS.Inference;

/// <summary>Processes a batch as a whole; where elements make it fail, finds them by halving the batch.</summary>
/// <typeparam name="T">The result of a batch.</typeparam>
/// <param name="attempt">Processes a range of elements: its first index and its length.</param>
/// <param name="isElement">Whether an error may be due to one element; other errors are thrown on.</param>
/// <param name="accept">Gets the first index and the result of each range that succeeded, in order.</param>
/// <param name="refuse">Gets the index and the error of each element that failed.</param>
public sealed class Bisection<T>(Func<int, int, T> attempt, Func<DlException, bool> isElement,
    Action<int, T> accept, Action<int, DlException> refuse)
{
    /// <summary>Processes a range.</summary>
    public void Run(int first, int count)
    {
        if (count == 0)
            return;
        T result;
        try
        {
            result = attempt(first, count);
        }
        catch (DlException e) when (isElement(e))
        {
            if (count == 1)
            {
                refuse(first, e);
                return;
            }

            Run(first, count / 2);
            Run(first + count / 2, count - count / 2);
            return;
        }

        accept(first, result);
    }
}
