# leakage, clean twin: a pipeline inside of the folds
import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
df = pd.read_csv("a.csv")
print(cross_val_score(make_pipeline(StandardScaler(), LogisticRegression()), df[["x"]], df["y"]).mean())
