# rows: how long it lives
import pandas as pd
from lifelines import CoxPHFitter
df = pd.read_csv("a.csv")
cox = CoxPHFitter()
cox.fit(df, duration_col="t", event_col="e")
