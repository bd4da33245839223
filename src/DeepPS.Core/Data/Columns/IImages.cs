using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Images of one shape, in memory or in their files.</summary>
internal interface IImages
{
    /// <summary>The shape of one image: channels, height, width.</summary>
    Shape Shape { get; }

    /// <summary>The pixels of some images, one after the other.</summary>
    /// <exception cref="DlException">As <see cref="ImagePreparation.Load"/>: a file has changed.</exception>
    ReadOnlyMemory<byte> Some(int first, int count);
}
