namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra, as NumPy has it.</summary>
    public static partial class linalg
    {
        public static Tensor cholesky(Tensor input) => Ops.linalg_cholesky.Unary(input);
        public static (Tensor L, Tensor info) cholesky_ex(Tensor input, bool check_errors = false) =>
            Ops.linalg_cholesky_ex.Call2(input, default, check_errors);
        public static Tensor cond(Tensor input) => Ops.linalg_cond.Unary(input);
        public static Tensor cond(Tensor input, double p) => Ops.linalg_cond.Call(input, p);
        public static Tensor cross(Tensor input, Tensor other, long dim = -1) =>
            Ops.linalg_cross.Call(input, other, dim);

        public static Tensor det(Tensor input) => Ops.linalg_det.Unary(input);
        public static Tensor diagonal(Tensor input, int offset = 0, int dim1 = -2, int dim2 = -1) =>
            Ops.linalg_diagonal.Call(input, offset, dim1, dim2);

        public static (Tensor, Tensor) eig(Tensor input) => Ops.linalg_eig.Call2(input);
        public static Tensor eigvals(Tensor input) => Ops.linalg_eigvals.Unary(input);

        public static Tensor householder_product(Tensor A, Tensor tau) => Ops.linalg_householder_product.Binary(A, tau);

        public static Tensor inv(Tensor input) => Ops.linalg_inv.Unary(input);
        public static (Tensor L, Tensor info) inv_ex(Tensor input, bool check_errors = false) =>
            Ops.linalg_inv_ex.Call2(input, check_errors);

        public static (Tensor LU, Tensor Pivots) ldl_factor(Tensor input, bool hermitian = true) =>
            Ops.linalg_ldl_factor.Call2(input, hermitian);
        public static (Tensor LU, Tensor Pivots, Tensor Info) ldl_factor_ex(
            Tensor input, bool hermitian = true, bool check_errors = false) =>
            Ops.linalg_ldl_factor_ex.Call3(input, hermitian, check_errors);
        public static Tensor ldl_solve(Tensor LD, Tensor pivots, Tensor B, bool hermitian = false) =>
            Ops.linalg_ldl_solve.Call(LD, pivots, B, hermitian);
        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(
            Tensor input, Tensor other) =>
            Ops.linalg_lstsq.Call4(input, other);
        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(
            Tensor input, Tensor other, double rcond) =>
            Ops.linalg_lstsq.Call4(input, other, rcond);
        public static (Tensor P, Tensor L, Tensor U) lu(Tensor input, bool pivot = true) =>
            Ops.linalg_lu.Call3(input, pivot);
        public static (Tensor LU, Tensor Pivots) lu_factor(Tensor input, bool pivot = true) =>
            Ops.linalg_lu_factor.Call2(input, pivot);

        public static Tensor matrix_exp(Tensor input) => Ops.linalg_matrix_exp.Unary(input);
        public static Tensor matrix_rank(Tensor input, Tensor atol, Tensor? rtol = null, bool hermitian = false) =>
            Ops.linalg_matrix_rank_atol_rtol_tensor.Call(input, atol, rtol, hermitian);
        public static Tensor matrix_rank(
            Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Ops.linalg_matrix_rank_atol_rtol_float.Call(input, atol, rtol, hermitian);
        public static Tensor multi_dot(IList<Tensor> tensors) => Ops.linalg_multi_dot.Call(tensors.ToArray());

        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_norm.Call(input, default, dims, keepdim);
        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_norm.Call(input, ord, dims, keepdim);

        public static Tensor pinv(Tensor input, Tensor atol, Tensor? rtol = null, bool hermitian = false) =>
            Ops.linalg_pinv_atol_rtol_tensor.Call(input, atol, rtol, hermitian);
        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Ops.linalg_pinv_atol_rtol_float.Call(input, atol, rtol, hermitian);

        public static (Tensor, Tensor) slogdet(Tensor input) => Ops.linalg_slogdet.Call2(input);
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Ops.linalg_solve.Call(A, B, left);
        public static (Tensor result, Tensor info) solve_ex(
            Tensor A, Tensor B, bool left = true, bool check_errors = false) =>
            Ops.linalg_solve_ex.Call2(A, B, left, check_errors);
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) =>
            Ops.linalg_svd.Call3(input, fullMatrices);
        public static Tensor svdvals(Tensor input) => Ops.linalg_svdvals.Unary(input);

        public static Tensor tensorinv(Tensor input, long ind) => Ops.linalg_tensorinv.Call(input, ind);
        public static Tensor tensorsolve(Tensor A, Tensor B, long[] dims) => Ops.linalg_tensorsolve.Call(A, B, dims);

        public static Tensor vander(Tensor input, long? N = null) => Ops.linalg_vander.Call(input, N);
        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_vector_norm.Call(input, ord, dims, keepdim);
    }
}
