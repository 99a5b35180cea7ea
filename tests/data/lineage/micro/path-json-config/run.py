import json
import pandas as pd
config = json.load(open("config.json"))
pd.read_csv(config["paths"]["source"]).to_csv("out.csv")
