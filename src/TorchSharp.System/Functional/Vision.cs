namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Padding, resampling, and what else is done to images.
        public static partial class functional
        {
            public static Tensor pad(
                Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var name = mode switch
                {
                    PaddingModes.Constant or PaddingModes.Zeros => "constant",
                    PaddingModes.Reflect => "reflect",
                    PaddingModes.Replicate => "replicate",
                    PaddingModes.Circular => "circular",
                    _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such padding mode."),
                };
                return Ops.pad.Call(input, pad, name, mode == PaddingModes.Constant ? value : (double?)null);
            }

            public static Tensor pad(
                Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.ToArray(), mode, value);

            /// <summary>The last dimension on both sides.</summary>
            public static Tensor pad(
                Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, new[] { pad, pad }, mode, value);

            public static Tensor pad(
                Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, new[] { pad.Item1, pad.Item2 }, mode, value);

            public static Tensor pad(
                Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant,
                double value = 0) =>
                functional.pad(input, new[] { pad.Item1, pad.Item2, pad.Item3, pad.Item4 }, mode, value);

            /// <summary>To another size, given it or the scale.</summary>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null,
                InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null,
                bool recompute_scale_factor = false, bool antialias = false)
            {
                var dims = (int)x.ndim - 2;
                if (size is null == scale_factor is null) throw new ArgumentException(
                    "Either the size or the scale must be given, and not both.", nameof(size));
                size = Spread(size, dims);
                scale_factor = Spread(scale_factor, dims);
                if (scale_factor is not null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    size = x.shape.Skip(2).Zip(scale_factor, (n, s) => (long)Math.Floor(n * s)).ToArray();
                    scale_factor = null;
                }

                if (mode == InterpolationMode.Area) return AdaptiveAverage(x, size!, dims);
                var align = align_corners ?? false;
                return (mode, dims, antialias) switch
                {
                    (InterpolationMode.Nearest, 1, false) => Ops.upsample_nearest1d_vec.Call(x, size, scale_factor),
                    (InterpolationMode.Nearest, 2, false) => Ops.upsample_nearest2d_vec.Call(x, size, scale_factor),
                    (InterpolationMode.Nearest, 3, false) => Ops.upsample_nearest3d_vec.Call(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 1, false) =>
                        Ops._upsample_nearest_exact1d_vec.Call(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 2, false) =>
                        Ops._upsample_nearest_exact2d_vec.Call(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 3, false) =>
                        Ops._upsample_nearest_exact3d_vec.Call(x, size, scale_factor),
                    (InterpolationMode.Linear, 1, false) =>
                        Ops.upsample_linear1d_vec.Call(x, size, align, scale_factor),
                    (InterpolationMode.Bilinear, 2, false) =>
                        Ops.upsample_bilinear2d_vec.Call(x, size, align, scale_factor),
                    (InterpolationMode.Bilinear, 2, true) =>
                        Ops._upsample_bilinear2d_aa_vec.Call(x, size, align, scale_factor),
                    (InterpolationMode.Bicubic, 2, false) =>
                        Ops.upsample_bicubic2d_vec.Call(x, size, align, scale_factor),
                    (InterpolationMode.Bicubic, 2, true) =>
                        Ops._upsample_bicubic2d_aa_vec.Call(x, size, align, scale_factor),
                    (InterpolationMode.Trilinear, 3, false) =>
                        Ops.upsample_trilinear3d_vec.Call(x, size, align, scale_factor),
                    _ =>
                        throw new ArgumentException(
                            $"{mode}{(antialias ? " with antialias" : "")} does not take {x.ndim} dimensions.",
                            nameof(mode)),
                };
            }

            public static Tensor upsample(
                Tensor input, long[]? size = null, double[]? scale_factor = null,
                UpsampleMode mode = UpsampleMode.Nearest, bool align_corners = false) =>
                interpolate(
                    input, size, scale_factor, (InterpolationMode)mode,
                    mode == UpsampleMode.Nearest ? null : align_corners);

            public static Tensor upsample_nearest(
                Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) =>
                interpolate(x, size, scale_factor);

            public static Tensor upsample_bilinear(
                Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) =>
                interpolate(x, size, scale_factor, InterpolationMode.Bilinear, align_corners);

            public static Tensor grid_sample(
                Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear,
                GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null)
            {
                var interpolation = mode == GridSampleMode.Bilinear ? 0 : 1;
                var padding = padding_mode switch
                {
                    GridSamplePaddingMode.Border => 1,
                    GridSamplePaddingMode.Reflection => 2,
                    _ => 0,
                };
                return Ops.grid_sampler.Call(input, grid, interpolation, padding, align_corners ?? false);
            }

            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false) =>
                Ops.affine_grid_generator.Call(
                    theta, size ?? throw new ArgumentNullException(nameof(size)), align_corners);

            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) =>
                Ops.pixel_shuffle.Call(input, upscale_factor);

            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) =>
                Ops.pixel_unshuffle.Call(input, downscale_factor);

            public static Tensor one_hot(Tensor x, long num_classes = -1) => Ops.one_hot.Call(x, num_classes);

            private static Tensor AdaptiveAverage(Tensor x, long[] size, int dims) => dims switch
            {
                1 => adaptive_avg_pool1d(x, size[0]),
                2 => adaptive_avg_pool2d(x, size),
                3 => adaptive_avg_pool3d(x, size),
                _ => throw new ArgumentException($"Area does not work on an input of {x.ndim} dimensions.", nameof(x)),
            };

            private static T[]? Spread<T>(T[]? values, int dims)
            {
                if (values is null || values.Length == dims) return values;
                if (values.Length == 1) return Enumerable.Repeat(values[0], dims).ToArray();
                throw new ArgumentException(
                    $"The input has {dims} dimensions to change; {values.Length} values were given.", nameof(values));
            }
        }
    }
}
