# 3.4: a glob stays a glob
import glob
import pandas as pd
frames = [pd.read_csv(p) for p in glob.glob("parts/*.csv")]
pd.concat(frames).to_csv("out.csv")
