using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Training;

namespace DeepPS.Completion;

/// <summary>
/// Lets a parameter take a catalog item as an object or by name, a schedule also as a script block, and lists of them.
/// </summary>
/// <typeparam name="T">The base of the item's kind, such as <see cref="Optimizer"/>.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CatalogItemAttribute<T> : ArgumentTransformationAttribute where T : CatalogItem
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        PipelineValue.Unwrap(inputData) switch
        {
            string name => CatalogIndex.Create<T>(name),
            object[] list => list.SelectMany(item => item as object[] ?? [item]).Where(item => item is not null)
                .Select(item => item is string name ? CatalogIndex.Create<T>(name) : item).ToArray(),
            var other => ScriptSchedule.From(CatalogIndex.KindOf(typeof(T)), other),
        };
}
