# two files of one name in folders that nobody knows are two, and one folder by two ways is one
import os
import pandas as pd
from lab.archives import unpack
train_path, valid_path = unpack("all.zip")
both = pd.concat([pd.read_csv(os.path.join(train_path, "rows.csv")), pd.read_csv(os.path.join(valid_path, "rows.csv"))])
both.to_csv("both.csv")
here = os.path.join(train_path, "more")
both.to_csv(os.path.join(here, "kept.csv"))
pd.read_csv(os.path.join(train_path, "more", "kept.csv")).to_csv("third.csv")
