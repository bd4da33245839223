using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Completion;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>Find images that excite a unit, a filter or a class of a model most.</summary>
/// <remarks>
/// Activation maximization: the pixels are optimized instead of the weights. Without regularization the result is
/// often noise that only this model takes for the class. So the image is blurred, shifted and rotated at random in each
/// step, and bright pixels have a penalty (Yosinski and others 2015; Olah and others 2017).
///
/// Of a channel of maps, the activation in the middle of the map is maximized.
///
/// Each object has a property with the name of the model's column of images, so that Invoke-DlPrediction takes it.
/// </remarks>
/// <example>
/// <code>$model | Find-DlInput -Path ./classes.png</code>
/// <para>Writes a sheet with an image for each class, and the model's prediction below it.</para>
/// </example>
/// <example>
/// <code>$model | Find-DlInput | Invoke-DlPrediction -Model $other | Format-Table Class, Prediction, Probability</code>
/// <para>Shows whether another model takes the images for the same classes.</para>
/// </example>
/// <example>
/// <code>$model | Find-DlInput conv2d1 -Unit (0..15) -Blur 0.5 -Path ./filters.png</code>
/// <para>Shows what the filters of a layer look for.</para>
/// </example>
[Cmdlet(VerbsCommon.Find, "DlInput", SupportsShouldProcess = true, DefaultParameterSetName = UnitSet)]
[OutputType(typeof(FoundInput), typeof(FileInfo))]
public sealed class FindDlInputCommand : WorkCmdlet
{
    private const string UnitSet = "Unit", ClassSet = "Class";

    /// <summary>A trained model of images.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The name of the layer: one with outputs, or with channels of maps. Default: the last one.</summary>
    [Parameter(Position = 0, ParameterSetName = UnitSet)]
    public string? Layer { get; set; }

    /// <summary>The outputs or channels of the layer, by number from 0. Default: all.</summary>
    [Parameter(Position = 1, ParameterSetName = UnitSet)]
    public int[]? Unit { get; set; }

    /// <summary>The classes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClassSet)]
    public string[] Class { get; set; } = [];

    /// <summary>Number of steps.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int Steps { get; set; } = 256;

    /// <summary>The learning rate of Adam, which optimizes the pixels.</summary>
    [Parameter]
    [ValidateNotNegative]
    public double LearningRate { get; set; } = 0.1;

    /// <summary>The largest random shift in a step, in pixels.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int Jitter { get; set; } = 2;

    /// <summary>The largest random rotation in a step, in degrees.</summary>
    [Parameter]
    [ValidateRange(0.0, 180.0)]
    public double Rotation { get; set; } = 10;

    /// <summary>The standard deviation of the Gaussian blur, in pixels; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0.0, 100.0)]
    public double Blur { get; set; } = 1;

    /// <summary>The weight of the penalty on the mean square of the pixels.</summary>
    [Parameter]
    [ValidateNotNegative]
    public double L2 { get; set; } = 1;

    /// <summary>Number of moved copies of each image in a step.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ViewCount { get; set; } = 8;

    /// <summary>The seed of the first images and of the moves.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>The file for a sheet of the images: .png or .html. Default: none, objects are returned.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Makes an existing file an error instead of replacing it.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a read-only file too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        Model.Trained();
        var path = Path is null ? null : this.ResolveTarget(Path);
        if (path is not null)
        {
            OutputFile.Check(path, NoClobber, Force);
            SampleSheet.Check(path);
            if (!ShouldProcess(path, $"Write images that excite units of '{Model.Name}'"))
                return;
            OutputFile.MakeWritable(path, Force);
        }

        var search = Search();
        var found = new List<FoundInput>();
        var share = 0.0;
        Work((write, cancel) =>
        {
            foreach (var input in InputFinder.Find(Model, search, cancel, done => share = done))
                if (path is null)
                    write(() => WriteObject(WithImage(input)));
                else
                    found.Add(input);
            if (path is not null)
                InputSheet.Write(path, $"{Model.Name}: images that excite {search.Layer ?? "the classes"}",
                    Model.InputShape!, found);
        }, () => new ProgressRecord(1, "Finding images", $"{share:P0} of the steps")
        {
            PercentComplete = (int)(100 * share),
        });
        if (path is not null)
            WriteObject(new FileInfo(path));
    }

    private InputSearch Search() => new()
    {
        Layer = Layer,
        Units = ParameterSetName == ClassSet
            ? Class.Select(name => InputFinder.UnitOf(Model, name)).ToArray() : Unit,
        Steps = Steps,
        LearningRate = LearningRate,
        Jitter = Jitter,
        Rotation = Rotation,
        Blur = Blur,
        L2 = L2,
        Views = ViewCount,
        Seed = Seed,
    };

    private static PSObject WithImage(FoundInput input)
    {
        var output = PSObject.AsPSObject(input);
        output.Set(input.Column(), input.Pixels());
        return output;
    }
}
