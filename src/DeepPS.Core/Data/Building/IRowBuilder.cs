namespace DeepPS.Data;

/// <summary>Collects a column row by row.</summary>
internal interface IRowBuilder
{
    /// <summary>The number of rows added.</summary>
    int Count { get; }

    /// <summary>Adds a row without a value.</summary>
    void AddMissing();
}
