using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Layers;
using DeepPS.Plots;

namespace DeepPS.Commands;

/// <summary>Draw the network of a model: layers, shapes, parameters, branches and heads.</summary>
/// <remarks>
/// Layers within layers, such as Residual, are drawn as one box; -Depth opens them. -Operations draws the computation
/// graph of a small model instead: each operation with the parameters that it takes and, once trained, the loss. Dense
/// layers and convolutions are a product, a sum and an activation; another layer is one operation.
///
/// Without -Path the diagram is an object with its boxes and arrows, which the terminal shows as lines.
/// </remarks>
/// <example>
/// <code>New-DlModel ResNet18 -InputShape 3, 32, 32 | Show-DlModel ./resnet.svg -Depth 1</code>
/// <para>Draws a published network with its residual blocks open.</para>
/// </example>
/// <example>
/// <code>New-DlLayer Dense 1 -Activation Sigmoid | New-DlModel -InputShape 2 |
///     Show-DlModel ./neuron.png -Operations</code>
/// <para>Draws a neuron as a computation graph.</para>
/// </example>
[Cmdlet(VerbsCommon.Show, "DlModel", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(Diagram))]
public sealed class ShowDlModelCommand : DrawingCmdlet
{
    /// <summary>A model whose input shape is known, or the path of a model file.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object Model { get; set; } = null!;

    /// <summary>How many levels of layers within layers are drawn open.</summary>
    [Parameter]
    [ValidateRange(0, 20)]
    public int Depth { get; set; }

    /// <summary>Draws the computation graph of a small model.</summary>
    [Parameter]
    public SwitchParameter Operations { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        var model = this.ModelOf(Model);
        try
        {
            Emit(_ => Operations ? OperationDiagram.Of(model) : NetworkDiagram.Of(model, Depth));
        }
        finally
        {
            if (PipelineValue.Unwrap(Model) is not Models.Model)
                model.Dispose();
        }
    }
}
