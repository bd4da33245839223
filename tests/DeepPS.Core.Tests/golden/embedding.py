"""Principal components and t-SNE's neighbour probabilities, with scikit-learn."""
import numpy
from scipy.spatial.distance import squareform
from sklearn.decomposition import PCA
from sklearn.manifold._t_sne import _joint_probabilities


def cases():
    random = numpy.random.RandomState(3)
    vectors = numpy.round(random.randn(12, 4) * [3, 2, 1, 0.5] + random.randint(0, 2, (12, 1)) * 4, 4)
    pca = PCA(2).fit(vectors)
    distances = ((vectors[:, None] - vectors[None]) ** 2).sum(2).astype(numpy.float32)
    neighbours = squareform(_joint_probabilities(distances, desired_perplexity=3, verbose=0))
    yield {
        "vectors": vectors.flatten().tolist(),
        "shares": pca.explained_variance_ratio_.tolist(),
        "sizes": numpy.abs(pca.transform(vectors)).flatten().tolist(),
        "neighbours": neighbours.flatten().tolist(),
    }
