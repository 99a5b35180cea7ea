# 3.4: a folder whose name nobody knows, and a file in it
import os
import tempfile
import pandas as pd
folder = tempfile.mkdtemp()
pd.read_csv("a.csv").to_csv(os.path.join(folder, "b.csv"))
with tempfile.TemporaryDirectory() as other:
    pd.read_csv("c.csv").to_csv(other + "/d.csv")
