using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace DeepPS.Abstractions;

/// <summary>
/// A script block that may be called in another session than its own, such as a job's: it is made anew there from its text, as
/// Start-ThreadJob does, since what it is bound to belongs to one session's thread.
/// </summary>
/// <param name="script">The script block, of the session at hand.</param>
internal sealed class SessionScript(ScriptBlock script)
{
    private readonly Runspace? home = Runspace.DefaultRunspace;
    private readonly ConditionalWeakTable<Runspace, ScriptBlock> copies = [];

    /// <summary>The script block of the session at hand. It is asked for on the pipeline's thread.</summary>
    public ScriptBlock Here => Runspace.DefaultRunspace is { } session && session != home
        ? copies.GetValue(session, _ => ScriptBlock.Create(script.ToString())) : script;
}
