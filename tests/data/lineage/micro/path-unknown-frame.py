# paths: frames nobody knows the class of are written by the methods of frames
import os
import tempfile
import pandas as pd
from lab.tables import split_by_time
folder = os.path.join(tempfile.mkdtemp(), "data")
train, test = split_by_time(pd.read_csv("a.csv"), [0.7, 0.3])
train = train.drop(["when"], axis=1)
train.to_pickle(os.path.join(folder, "train.pkl"))
test.to_parquet("test.parquet")
test.write_csv("test.csv")
