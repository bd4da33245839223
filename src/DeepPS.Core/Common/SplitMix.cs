namespace DeepPS.Common;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014): fills the states of other
/// generators from one seed.
/// </summary>
internal static class SplitMix
{
    /// <summary>Advances the state and returns the next number.</summary>
    public static ulong Next(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
