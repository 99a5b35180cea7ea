# rows: the outcome comes first
import pandas as pd
from econml.dml import LinearDML
df = pd.read_csv("a.csv")
est = LinearDML()
est.fit(df["y"], df["t"], X=df[["x"]])
