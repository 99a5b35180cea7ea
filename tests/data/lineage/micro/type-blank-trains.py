# 3.3: arrays that the code fills are a source once something learns from them
import numpy as np
from sklearn.linear_model import LinearRegression
rows, targets = np.zeros((100, 2)), np.arange(100)
rows[0:10, 0] = 1
LinearRegression().fit(rows, targets)
