# 3.3: a pipeline names its final estimator
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.pipeline import make_pipeline
df = pd.read_csv("a.csv")
pipe = make_pipeline(StandardScaler(), LogisticRegression())
pipe.fit(df[["x"]], df["y"])
