# columns: a renamed column is learnt under its new name
import pandas as pd
from sklearn.linear_model import Ridge
df = pd.read_csv("a.csv", usecols=["a", "b", "y"]).rename(columns={"a": "age"})
Ridge().fit(df.drop("y", axis=1), df.y)
