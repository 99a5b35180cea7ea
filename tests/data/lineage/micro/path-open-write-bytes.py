# 3.4: bytes of a model written by hand are a model file
import pandas as pd
from sklearn.linear_model import LogisticRegression
from skl2onnx import to_onnx
df = pd.read_csv("a.csv")
m = LogisticRegression().fit(df[["x"]], df["y"])
onx = to_onnx(m, df[["x"]].values[:1])
with open("m.onnx", "wb") as f:
    f.write(onx.SerializeToString())
