using System.Runtime.InteropServices;
using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>
/// Lets the process finish the current step and write a checkpoint when the system tells it to end: by SIGTERM, SIGINT,
/// SIGHUP (a closed console), SIGQUIT, or another signal that a scheduler sends as an early warning.
/// </summary>
public sealed class StopSignals : TrainingCallback, IDisposable
{
    private readonly List<PosixSignalRegistration> registrations = [];
    private volatile string? received;

    /// <summary>A further signal by name or number, such as SIGUSR1, on Unix only; null: none.</summary>
    public string? Signal { get; init; }

    /// <summary>The number of a signal.</summary>
    /// <exception cref="DlException"><c>UnknownSignal</c>.</exception>
    public static PosixSignal Parse(string signal)
    {
        var name = signal.ToUpperInvariant();
        name = name.StartsWith("SIG", StringComparison.Ordinal) ? name : "SIG" + name;
        if (Enum.TryParse<PosixSignal>(name, out var known) && Enum.IsDefined(known))
            return known;
        // The numbers differ between Linux and macOS.
        return name switch
        {
            "SIGUSR1" => (PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10),
            "SIGUSR2" => (PosixSignal)(OperatingSystem.IsMacOS() ? 31 : 12),
            _ when int.TryParse(signal, out var number) && number is > 0 and < 65 => (PosixSignal)number,
            _ => throw new DlException("UnknownSignal", DlErrorKind.InvalidArgument,
                $"'{signal}' is not a signal. Use a name such as SIGTERM, SIGUSR1 or SIGUSR2, or a number from 1 to "
                + "64.", signal),
        };
    }

    /// <inheritdoc/>
    public override void Begin(TrainingSession session)
    {
        var further = Signal is null ? (PosixSignal?)null : Parse(Signal);
        PosixSignal[] signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        foreach (var signal in signals)
            Listen(signal, signal.ToString());
        if (further is { } early)
            Listen(early, Signal!);
    }

    /// <inheritdoc/>
    public override void AfterStep(TrainingSession session)
    {
        if (received is { } signal)
            session.Stop(TrainingEnd.Preempted, $"{signal} was received");
    }

    /// <inheritdoc/>
    public override void End(TrainingSession session, TrainingEnd end) => Dispose();

    /// <summary>Restores the former handling of the signals.</summary>
    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        registrations.Clear();
    }

    private void Listen(PosixSignal signal, string name) =>
        registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            received = name;
            context.Cancel = true;
        }));
}
