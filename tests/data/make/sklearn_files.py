# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of scikit-learn: fitted estimators as pickles of every protocol, by joblib with every compressor, by skops."""
import pickle

import numpy
import sklearn
from sklearn import (cluster, decomposition, ensemble, gaussian_process, impute, isotonic, linear_model, model_selection, naive_bayes,
                     neighbors, neural_network, pipeline, preprocessing, svm, tree)
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

try:
    import joblib
except ImportError:
    from sklearn.externals import joblib

from made import Made

made = Made("scikit-learn", sklearn.__version__)
random = numpy.random.RandomState(7)
X = random.rand(24, 3)
y = (X[:, 0] > 0.5).astype(int)


def flow():
    return pipeline.Pipeline([("scale", preprocessing.StandardScaler()), ("model", linear_model.LogisticRegression(solver="liblinear"))])


for protocol in range(6):
    if protocol <= pickle.HIGHEST_PROTOCOL:
        with open(made.path("pipeline-protocol%d.pkl" % protocol, "pickle", None, "pickle.dump of a Pipeline"), "wb") as out:
            pickle.dump(flow().fit(X, y), out, protocol)

ESTIMATORS = {
    "forest": ensemble.RandomForestClassifier(n_estimators=2, max_depth=2, random_state=1),
    "extra": ensemble.ExtraTreesRegressor(n_estimators=2, max_depth=2, random_state=1),
    "boosting": ensemble.GradientBoostingClassifier(n_estimators=2, max_depth=2, random_state=1),
    "ada": ensemble.AdaBoostClassifier(n_estimators=2, random_state=1),
    "isolation": ensemble.IsolationForest(n_estimators=2, max_samples=8, random_state=1),
    "tree": tree.DecisionTreeClassifier(max_depth=2),
    "svc": svm.SVC(gamma="auto"),
    "neighbors": neighbors.KNeighborsClassifier(3),
    "kmeans": cluster.KMeans(2, n_init=1, random_state=1),
    "dbscan": cluster.DBSCAN(eps=0.4),
    "pca": decomposition.PCA(2),
    "ridge": linear_model.RidgeCV(),
    "sgd": linear_model.SGDClassifier(max_iter=5, tol=None, random_state=1),
    "bayes": naive_bayes.GaussianNB(),
    "perceptron": neural_network.MLPClassifier((3,), max_iter=3, random_state=1),
    "process": gaussian_process.GaussianProcessRegressor(gaussian_process.kernels.RBF() + gaussian_process.kernels.WhiteKernel()),
    "imputer": impute.SimpleImputer(),
    "onehot": preprocessing.OneHotEncoder(handle_unknown="ignore"),
    "polynomial": preprocessing.PolynomialFeatures(2),
    "function": preprocessing.FunctionTransformer(numpy.log1p, validate=True),
    "columns": ColumnTransformer([("scale", preprocessing.MinMaxScaler(), [0, 1]), ("keep", "passthrough", [2])]),
    "search": model_selection.GridSearchCV(tree.DecisionTreeClassifier(random_state=1), {"max_depth": [1, 2]}, cv=2),
}
for name, estimator in sorted(ESTIMATORS.items()):
    with open(made.path(name + ".pkl", "pickle", None, "pickle.dump of a fitted " + type(estimator).__name__), "wb") as out:
        pickle.dump(estimator.fit(X, y), out)
isotonic_model = isotonic.IsotonicRegression().fit(X[:, 0], X[:, 1])
joblib.dump(isotonic_model, made.path("isotonic.joblib", "pickle", None, "joblib.dump of an IsotonicRegression"))
words = ["a cupel is a small bowl", "an assayer melts ore in it", "the bowl takes what is base"]
for name, vectorizer in (("count", CountVectorizer()), ("tfidf", TfidfVectorizer(ngram_range=(1, 2)))):
    joblib.dump(vectorizer.fit(words), made.path(name + ".joblib", "pickle", None, "joblib.dump of a fitted " + type(vectorizer).__name__))
if sklearn.__version__ >= "1.":
    model = ensemble.HistGradientBoostingClassifier(max_iter=2, max_leaf_nodes=3).fit(X, y)
    joblib.dump(model, made.path("histogram.joblib", "pickle", None, "joblib.dump of a HistGradientBoostingClassifier"))
    stack = ensemble.StackingClassifier([("tree", tree.DecisionTreeClassifier(max_depth=1)), ("bayes", naive_bayes.GaussianNB())], cv=2)
    joblib.dump(stack.fit(X, y), made.path("stacking.joblib", "pickle", None, "joblib.dump of a StackingClassifier"))

model = flow().fit(X, y)
joblib.dump(model, made.path("plain.joblib", "pickle", None, "joblib.dump"))
joblib.dump([model, X, numpy.asfortranarray(X), X.astype("f4")], made.path("arrays.joblib", "pickle", None, "joblib.dump, arrays of both orders"))
COMPRESSORS = ["zlib", "gzip", "bz2", "xz", "lzma"]
try:
    import lz4  # noqa: F401
    COMPRESSORS.append("lz4")
except ImportError:
    pass
for compressor in COMPRESSORS:
    joblib.dump([model, X], made.path("compressed-%s.joblib" % compressor, "compressed", None, "joblib.dump, compress=%s" % compressor),
                compress=(compressor, 3))
try:
    import skops.io
    skops.io.dump(model, made.path("pipeline.skops", "zip", None, "skops.io.dump of a Pipeline, skops " + skops.__version__))
    skops.io.dump(ESTIMATORS["tree"], made.path("tree.skops", "zip", None, "skops.io.dump of a DecisionTreeClassifier"))
    skops.io.dump(ESTIMATORS["columns"], made.path("columns.skops", "zip", None, "skops.io.dump of a ColumnTransformer"))
except ImportError:
    pass
made.close()
