namespace DeepPS.Data;

/// <summary>Collects a column row by row.</summary>
internal interface IRowBuilder
{
    /// <summary>How many rows were added.</summary>
    int Count { get; }

    /// <summary>Adds a row without a value.</summary>
    void AddMissing();
}
