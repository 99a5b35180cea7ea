import pandas as pd
import settings
pd.read_csv(settings.SOURCE).to_csv("out.csv")
