# leakage, clean twin: only training rows are doubled
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
from imblearn.over_sampling import RandomOverSampler
df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["x"]], df["y"])
X_more, y_more = RandomOverSampler().fit_resample(X_train, y_train)
m = LogisticRegression().fit(X_more, y_more)
m.score(X_test, y_test)
