using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Checks targets on behalf of a loss that does not support every value.</summary>
internal interface ITargetCheck
{
    /// <summary>Refuses targets that are not supported.</summary>
    /// <param name="targets">The targets of all samples, one after the other.</param>
    /// <param name="label">The shape of one.</param>
    /// <exception cref="DlException">A target has a value that is not supported.</exception>
    void Check(Array targets, Shape label);
}
