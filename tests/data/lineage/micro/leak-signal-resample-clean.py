# leakage, clean twin: a signal at another rate is not drawn again
import pandas as pd
from scipy.signal import resample
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
df = pd.read_csv("a.csv")
x = resample(df[["x"]], 100)
train_x, test_x, train_y, test_y = train_test_split(x, df["y"])
m = LogisticRegression().fit(train_x, train_y)
print(m.score(test_x, test_y))
