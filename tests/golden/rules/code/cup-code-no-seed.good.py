import numpy as np
from sklearn.svm import SVC
np.random.seed(0)
x = np.random.rand(9)
SVC().fit(x, y)
