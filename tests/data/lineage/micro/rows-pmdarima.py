# rows: an order is searched
import pandas as pd
import pmdarima as pm
df = pd.read_csv("a.csv")
model = pm.auto_arima(df["y"])
