# rows: the old name of Prophet
import pandas as pd
from fbprophet import Prophet
df = pd.read_csv("a.csv")
m = Prophet()
m.fit(df)
