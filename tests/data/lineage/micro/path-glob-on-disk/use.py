import glob
import pandas as pd
pd.concat([pd.read_csv(p) for p in glob.glob("parts/*.csv")]).to_csv("out.csv")
