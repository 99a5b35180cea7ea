# roles: settings of the steps of a pipeline, by the names of get_params()
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
df = pd.read_csv("a.csv")
p = Pipeline([("scale", StandardScaler(with_mean=False)), ("clf", LogisticRegression(C=0.5))])
p.fit(df[["x"]], df["y"])
q = make_pipeline(StandardScaler(), LogisticRegression(C=2))
q.fit(df[["x"]], df["y"])
s = GridSearchCV(Pipeline(steps=[("clf", LogisticRegression(tol=0.1))]), {"clf__C": [1, 2]}, cv=3)
s.fit(df[["x"]], df["y"])
