# what computes, or is of Python or of the file itself, is no unknown call
import collections
import math
import numpy as np
import pandas as pd
from tqdm import tqdm
def twice(rows):
    return rows * 2
d = pd.read_csv("a.csv")
print(len(d), str(d), math.sqrt(len(d)))
c = collections.Counter(d["x"])
for row in tqdm(d.values):
    print(row)
e = twice(np.exp(d))
f = e.rolling(3).sum().clip(0, 1)
f.to_csv("o.csv")
