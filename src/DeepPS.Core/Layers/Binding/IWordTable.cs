namespace DeepPS.Layers;

/// <summary>Vectors of words, with which an Embedding layer can begin.</summary>
public interface IWordTable
{
    /// <summary>The words, and their vectors in a row.</summary>
    /// <exception cref="Common.DlException"><c>NoWords</c>: there are none.</exception>
    (IReadOnlyList<string> Words, float[] Vectors) WordTable();
}
