# 3.3: a comprehension over dictionaries, one by one
import tensorflow as tf
import pandas as pd
specs = [{"file": "a.csv", "kind": "x"}, {"file": "b.csv", "kind": "y"}]
frames = [pd.read_csv(spec["file"]) for spec in specs]
pd.concat(frames).to_csv("out.csv")
