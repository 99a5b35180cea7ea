# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of XGBoost and LightGBM, in every form they write, and as pickles."""
import pickle

import joblib
import lightgbm
import numpy
import xgboost

from made import Made

random = numpy.random.RandomState(7)
X = random.rand(40, 3)
y = (X[:, 0] > 0.5).astype(int)

made = Made("xgboost", xgboost.__version__)
booster = xgboost.train({"max_depth": 2, "objective": "binary:logistic", "nthread": 1}, xgboost.DMatrix(X, y), 3)
booster.save_model(made.path("model.json", "xgboost", None, "Booster.save_model"))
booster.save_model(made.path("model.ubj", "ubjson", None, "Booster.save_model"))
booster.save_model(made.path("model.deprecated", "xgboost", None, "Booster.save_model, the binary form of before 2.1"))
booster.dump_model(made.path("dump.txt", "text", None, "Booster.dump_model"))
with open(made.path("booster.pkl", "pickle", None, "pickle.dump of a Booster"), "wb") as out:
    pickle.dump(booster, out)
model = xgboost.XGBClassifier(n_estimators=2, max_depth=2, n_jobs=1).fit(X, y)
with open(made.path("classifier.pkl", "pickle", None, "pickle.dump of an XGBClassifier"), "wb") as out:
    pickle.dump(model, out)
joblib.dump(model, made.path("classifier.joblib", "pickle", None, "joblib.dump of an XGBClassifier"))
joblib.dump(xgboost.XGBRanker(n_estimators=2, max_depth=1, n_jobs=1).fit(X, y, qid=numpy.repeat([0, 1], 20)),
            made.path("ranker.joblib", "pickle", None, "joblib.dump of an XGBRanker"))
made.close()

made = Made("lightgbm", lightgbm.__version__)
quiet = {"verbose": -1, "num_leaves": 4, "min_data_in_leaf": 2, "num_threads": 1, "deterministic": True, "force_row_wise": True}
booster = lightgbm.train({**quiet, "objective": "binary"}, lightgbm.Dataset(X, y), 3)
booster.save_model(made.path("model.txt", "lightgbm", None, "Booster.save_model"))
with open(made.path("booster.pkl", "pickle", None, "pickle.dump of a Booster"), "wb") as out:
    pickle.dump(booster, out)
model = lightgbm.LGBMClassifier(n_estimators=2, **quiet).fit(X, y)
with open(made.path("classifier.pkl", "pickle", None, "pickle.dump of an LGBMClassifier"), "wb") as out:
    pickle.dump(model, out)
joblib.dump(model, made.path("classifier-zlib.joblib", "compressed", None, "joblib.dump of an LGBMClassifier"), compress=3)
joblib.dump(lightgbm.LGBMRegressor(n_estimators=2, **quiet).fit(X, X[:, 1]),
            made.path("regressor.joblib", "pickle", None, "joblib.dump of an LGBMRegressor"))
made.close()
