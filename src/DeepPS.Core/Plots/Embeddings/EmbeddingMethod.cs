namespace DeepPS.Plots;

/// <summary>How vectors become places in two dimensions.</summary>
public enum EmbeddingMethod
{
    /// <summary>The two directions in which they vary most: distances keep their meaning.</summary>
    Pca,

    /// <summary>t-SNE: neighbours stay neighbours, while distances between groups mean nothing.</summary>
    Tsne,
}
