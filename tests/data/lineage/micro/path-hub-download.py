# 3.4: hf_hub_download gives the path of the file
from huggingface_hub import hf_hub_download
import pandas as pd
p = hf_hub_download(repo_id="owner/name", filename="a.csv", repo_type="dataset")
pd.read_csv(p).to_json("out.json")
