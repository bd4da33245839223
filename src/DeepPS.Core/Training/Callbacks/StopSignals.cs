using System.Runtime.InteropServices;
using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>
/// Lets the process finish the step under way and write a checkpoint when the system tells it to end: by SIGTERM, SIGINT,
/// SIGHUP (a closed console), SIGQUIT, or another signal that a scheduler sends as an early warning.
/// </summary>
public sealed class StopSignals : TrainingCallback, IDisposable
{
    private readonly List<PosixSignalRegistration> registrations = [];
    private volatile string? came;

    /// <summary>A further signal by name or number, such as SIGUSR1; null: none. Unix alone has it.</summary>
    public string? Signal { get; init; }

    /// <summary>The number of a signal.</summary>
    /// <exception cref="DlException"><c>UnknownSignal</c>.</exception>
    public static PosixSignal Parse(string signal)
    {
        var name = signal.ToUpperInvariant();
        name = name.StartsWith("SIG", StringComparison.Ordinal) ? name : "SIG" + name;
        if (Enum.TryParse<PosixSignal>(name, out var known) && Enum.IsDefined(known))
            return known;
        // The numbers of Linux and macOS.
        return name switch
        {
            "SIGUSR1" => (PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10),
            "SIGUSR2" => (PosixSignal)(OperatingSystem.IsMacOS() ? 31 : 12),
            _ when int.TryParse(signal, out var number) && number is > 0 and < 65 => (PosixSignal)number,
            _ => throw new DlException("UnknownSignal", DlErrorKind.InvalidArgument,
                $"'{signal}' is no signal; SIGTERM, SIGUSR1, SIGUSR2 or a number is expected.", signal),
        };
    }

    /// <inheritdoc/>
    public override void Begin(TrainingSession session)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT })
            Listen(signal, signal.ToString());
        if (Signal is not null)
            Listen(Parse(Signal), Signal);
    }

    /// <inheritdoc/>
    public override void AfterStep(TrainingSession session)
    {
        if (came is { } signal)
            session.Stop(TrainingEnd.Preempted, $"{signal} came");
    }

    /// <inheritdoc/>
    public override void End(TrainingSession session, TrainingEnd end) => Dispose();

    /// <summary>Leaves signals to whoever had them.</summary>
    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        registrations.Clear();
    }

    private void Listen(PosixSignal signal, string name) => registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        came = name;
        context.Cancel = true;
    }));
}
