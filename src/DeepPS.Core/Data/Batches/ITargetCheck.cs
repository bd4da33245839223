using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A reader of targets that cannot take every value, such as a loss.</summary>
internal interface ITargetCheck
{
    /// <summary>Refuses targets that cannot be read.</summary>
    /// <param name="targets">The targets of all samples, one after the other.</param>
    /// <param name="label">The shape of one.</param>
    /// <exception cref="DlException">A target has a value that cannot be taken.</exception>
    void Check(Array targets, Shape label);
}
