# rows: intervals
import pandas as pd
from ngboost import NGBRegressor
from sklearn.model_selection import train_test_split
df = pd.read_csv("a.csv")
x_train, x_test, y_train, y_test = train_test_split(df[["x"]], df["y"])
ngb = NGBRegressor().fit(x_train, y_train)
guess = ngb.pred_dist(x_test)
