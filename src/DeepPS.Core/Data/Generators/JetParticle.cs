namespace DeepPS.Data;

/// <summary>A particle, or several together: transverse momentum in GeV, and direction as pseudorapidity and azimuth
/// from the axis of the jet in radians, for small angles.</summary>
/// <param name="Pt">The transverse momentum; the sum of those of the parts.</param>
/// <param name="Eta">The pseudorapidity; the mean of the parts, weighted by their momentum.</param>
/// <param name="Phi">The azimuth, likewise.</param>
/// <param name="Spread">The sum over the parts of momentum times squared distance from this direction.</param>
internal sealed record JetParticle(double Pt, double Eta, double Phi, double Spread = 0)
{
    /// <summary>The mass in GeV: m^2 is the sum over pairs of pt pt' dR^2.</summary>
    public double Mass => Math.Sqrt(Pt * Spread);

    /// <summary>Of two parts: the distance between them, and the share of momentum of the softer one; else 0.</summary>
    public (double Angle, double Share) Parting { get; init; }

    /// <summary>The squared distance in the plane of pseudorapidity and azimuth.</summary>
    public double SquaredDistance(JetParticle other) =>
        (Eta - other.Eta) * (Eta - other.Eta) + (Phi - other.Phi) * (Phi - other.Phi);

    /// <summary>Two particles together.</summary>
    public JetParticle Add(JetParticle other)
    {
        var sum = Pt + other.Pt;
        return new JetParticle(sum, (Pt * Eta + other.Pt * other.Eta) / sum, (Pt * Phi + other.Pt * other.Phi) / sum,
            Spread + other.Spread + Pt * other.Pt / sum * SquaredDistance(other))
        {
            Parting = (Math.Sqrt(SquaredDistance(other)), Math.Min(Pt, other.Pt) / sum),
        };
    }

    /// <summary>The particle seen from another axis.</summary>
    public JetParticle From(JetParticle axis) => this with { Eta = Eta - axis.Eta, Phi = Phi - axis.Phi };
}
