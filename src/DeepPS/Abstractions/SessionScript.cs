using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace DeepPS.Abstractions;

/// <summary>
/// A script block that can be called in another session than its own, such as a job's. A script block is bound to one
/// session's thread, so the other session gets a copy made from its text, as Start-ThreadJob does.
/// </summary>
/// <param name="script">The script block of the current session.</param>
internal sealed class SessionScript(ScriptBlock script)
{
    private readonly Runspace? home = Runspace.DefaultRunspace;
    private readonly ConditionalWeakTable<Runspace, ScriptBlock> copies = [];

    /// <summary>The script block for the current session. Call it on the pipeline's thread.</summary>
    public ScriptBlock Here => Runspace.DefaultRunspace is { } session && session != home
        ? copies.GetValue(session, _ => ScriptBlock.Create(script.ToString())) : script;
}
