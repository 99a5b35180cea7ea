# leakage: a scaler fitted outside of the folds
import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
df = pd.read_csv("a.csv")
X = StandardScaler().fit_transform(df[["x"]])
print(cross_val_score(LogisticRegression(), X, df["y"]).mean())
