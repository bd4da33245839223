using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Images of one shape, in memory or in their files.</summary>
internal interface IImages
{
    /// <summary>The shape of one image: channels, height, width.</summary>
    Shape Shape { get; }

    /// <summary>The pixels of some images, one after the other.</summary>
    /// <exception cref="DlException">See <see cref="ImagePreparation.Load"/>: a file is not any more what it was.</exception>
    ReadOnlyMemory<byte> Some(int first, int count);
}
