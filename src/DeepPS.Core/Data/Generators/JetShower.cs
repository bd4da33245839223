using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// A parton shower in the leading collinear approximation: a parton emits at ever smaller angles, with probability
/// (2 a C / pi) dtheta / theta dz / z, as long as the momentum across its direction is above a cutoff. Emission within
/// the angle between two partons of a colour singlet follows from colour coherence.
/// </summary>
/// <remarks>See Ellis, Stirling and Webber, QCD and Collider Physics (1996), chapter 5.</remarks>
internal sealed class JetShower(SeededRandom random)
{
    /// <summary>The coupling, the cutoff of momentum across in GeV, and the smallest share of an emission.</summary>
    private const double Coupling = 0.3, Cutoff = 0.3, SmallestShare = 0.001;

    private const double Quark = 4.0 / 3, Gluon = 3;

    /// <summary>The mean momentum of pileup in GeV; the resolution in momentum, for 1 GeV, and in angles; the least
    /// momentum that is measured.</summary>
    private const double PileupPt = 1, EnergyResolution = 0.5, AngleResolution = 0.02, LeastPt = 0.1;

    /// <summary>The mass of the W boson and its width, in GeV.</summary>
    private const double WMass = 80.4, WWidth = 2.1;

    /// <summary>The particles of a jet that one quark or gluon begins.</summary>
    /// <param name="pt">Its transverse momentum in GeV.</param>
    /// <param name="radius">The radius of the jet.</param>
    public List<JetParticle> OneProng(double pt, double radius)
    {
        var particles = new List<JetParticle>();
        Emit(new JetParticle(pt, 0, 0), radius, random.Uniform() < 0.5 ? Quark : Gluon, particles);
        return particles;
    }

    /// <summary>The particles of a W boson's jet: it decays into two quarks, which share its momentum evenly.</summary>
    /// <inheritdoc cref="OneProng"/>
    public List<JetParticle> TwoProngs(double pt, double radius)
    {
        while (true)
        {
            var share = random.Uniform();
            var angle = (WMass + WWidth * random.Normal()) / (pt * Math.Sqrt(share * (1 - share)));
            if (!(angle < radius))
                continue;
            var particles = new List<JetParticle>();
            var (first, second) = Part(new JetParticle(pt, 0, 0), share, angle);
            Emit(first, angle, Quark, particles);
            Emit(second, angle, Quark, particles);
            return particles;
        }
    }

    /// <summary>Soft particles of other collisions, spread evenly over the jet: up to twice a mean number.</summary>
    /// <param name="mean">The mean number.</param>
    /// <param name="radius">The radius of the jet.</param>
    public IEnumerable<JetParticle> Pileup(double mean, double radius)
    {
        for (var left = 2 * mean * random.Uniform() + PortableMath.Log(1 - random.Uniform()); left > 0;
            left += PortableMath.Log(1 - random.Uniform()))
        {
            var pt = -PileupPt * PortableMath.Log(1 - random.Uniform());
            var distance = radius * Math.Sqrt(random.Uniform());
            var (sine, cosine) = PortableMath.SinCosOfTurn(random.Uniform());
            yield return new JetParticle(pt, distance * cosine, distance * sine);
        }
    }

    /// <summary>A particle as a calorimeter measures it.</summary>
    public JetParticle Measure(JetParticle particle) => particle with
    {
        Pt = Math.Max(LeastPt, particle.Pt + EnergyResolution * Math.Sqrt(particle.Pt) * random.Normal()),
        Eta = particle.Eta + AngleResolution * random.Normal(),
        Phi = particle.Phi + AngleResolution * random.Normal(),
    };

    private void Emit(JetParticle parton, double angle, double charge, List<JetParticle> particles)
    {
        var rate = 2 * Coupling * charge / Math.PI * PortableMath.Log(0.5 / SmallestShare);
        while (true)
        {
            angle *= PortableMath.Exp(PortableMath.Log(1 - random.Uniform()) / rate);
            if (0.5 * angle * parton.Pt < Cutoff)
                break;
            var share = SmallestShare * PortableMath.Exp(random.Uniform() * PortableMath.Log(0.5 / SmallestShare));
            if (share * angle * parton.Pt < Cutoff)
                continue;
            (var emitted, parton) = Part(parton, share, angle);
            Emit(emitted, angle, Gluon, particles);
        }

        particles.Add(parton);
    }

    /// <summary>Two partons with shares of a momentum, at an angle in a random plane.</summary>
    private (JetParticle Own, JetParticle Other) Part(JetParticle parton, double share, double angle)
    {
        var (sine, cosine) = PortableMath.SinCosOfTurn(random.Uniform());
        return (new JetParticle(share * parton.Pt, parton.Eta + (1 - share) * angle * cosine,
                parton.Phi + (1 - share) * angle * sine),
            new JetParticle((1 - share) * parton.Pt, parton.Eta - share * angle * cosine,
                parton.Phi - share * angle * sine));
    }
}
