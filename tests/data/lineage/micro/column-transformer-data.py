# columns: what a ColumnTransformer gives is made of what it takes
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import Ridge
from sklearn.preprocessing import OneHotEncoder, StandardScaler
df = pd.read_csv("a.csv", usecols=["a", "b", "kind", "y"])
pick = make_column_transformer((StandardScaler(), ["a"]), (OneHotEncoder(), ["kind"]))
x = pick.fit_transform(df)
m = Ridge().fit(x, df["y"])
