# columns: names that a frame is made with, or given later
import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge
x = pd.DataFrame(np.load("a.npy"), columns=["a", "b"])
y = pd.DataFrame(np.load("b.npy"))
y.columns = ["y"]
Ridge().fit(x, y)
