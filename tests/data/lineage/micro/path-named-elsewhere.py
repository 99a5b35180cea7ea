# locators: a file that something else names, a file given to what makes something from it
import json

import pandas as pd
from library import label_maps
jobs = pd.read_json("jobs.json")
job = jobs.iloc[0]
with open(job.place_of_metrics) as file:
    pd.DataFrame(json.loads(file.read())).to_csv("out.csv")
names = label_maps.create_names_from_map("maps/names.pbtxt")
