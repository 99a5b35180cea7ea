import yaml
import pandas as pd
with open("params.yaml") as f:
    params = yaml.safe_load(f)
pd.read_csv(params["train"]["source"]).to_csv(params["train"]["target"])
