# 3.2: executor.submit binds the arguments behind the function
from concurrent.futures import ThreadPoolExecutor
import pandas as pd
def load(path, sep):
    return pd.read_csv(path, sep=sep)
with ThreadPoolExecutor() as executor:
    job = executor.submit(load, "a.csv", ";")
job.result().to_csv("out.csv")
