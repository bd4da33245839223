namespace TorchSharp;

// Products and decompositions.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Ops.addbmm.Call(this, batch1, batch2, beta, alpha);
        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Ops.addbmm_.Apply(this, batch1, batch2, beta, alpha);
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) =>
            Ops.addmm.Call(this, mat1, mat2, beta, alpha);
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) =>
            Ops.addmm_.Apply(this, mat1, mat2, beta, alpha);
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) =>
            Ops.addmv.Call(this, mat, vec, beta, alpha);
        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) =>
            Ops.addmv_.Apply(this, mat, vec, beta, alpha);
        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) =>
            Ops.addr.Call(this, vec1, vec2, beta, alpha);
        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) =>
            Ops.addr_.Apply(this, vec1, vec2, beta, alpha);
        public Tensor adjoint() => Ops.adjoint.Unary(this);

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Ops.baddbmm.Call(this, batch1, batch2, beta, alpha);
        public Tensor bmm(Tensor batch2) => Ops.bmm.Binary(this, batch2);

        public Tensor cholesky_inverse(bool upper = false) => Ops.cholesky_inverse.Call(this, upper);
        public Tensor cholesky_solve(Tensor input2, bool upper = false) => Ops.cholesky_solve.Call(this, input2, upper);

        public Tensor det() => Ops.det.Unary(this);
        public Tensor dot(Tensor target) => Ops.dot.Binary(this, target);

        public (Tensor a, Tensor tau) geqrf() => Ops.geqrf.Call2(this);
        public Tensor ger(Tensor vec2) => Ops.ger.Binary(this, vec2);

        public Tensor inner(Tensor vec2) => Ops.inner.Binary(this, vec2);
        public Tensor inverse() => Ops.inverse.Unary(this);

        public Tensor kron(Tensor other) => Ops.kron.Binary(this, other);

        public Tensor logdet() => Ops.logdet.Unary(this);

        public Tensor matmul(Tensor target) => Ops.matmul.Binary(this, target);
        public Tensor matrix_exp() => Ops.matrix_exp.Unary(this);
        public Tensor matrix_power(int n) => Ops.matrix_power.Call(this, n);
        public Tensor mm(Tensor target) => Ops.mm.Binary(this, target);
        public Tensor mv(Tensor target) => Ops.mv.Binary(this, target);

        public Tensor ormqr(Tensor tau, Tensor other, bool left = true, bool transpose = false) =>
            Ops.ormqr.Call(this, tau, other, left, transpose);
        public Tensor outer(Tensor vec2) => Ops.outer.Binary(this, vec2);

        public Tensor renorm(float p, long dim, float maxnorm) => Ops.renorm.Call(this, p, dim, maxnorm);

        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => Ops.tensordot.Call(this, b, dims1, dims2);
        public Tensor trace() => Ops.trace.Unary(this);

        public Tensor vander(long N = -1, bool increasing = false) => Ops.vander.Call(this, N, increasing);
        public Tensor vdot(Tensor target) => Ops.vdot.Binary(this, target);
    }
}
