import numpy as np
from sklearn.svm import SVC
x = np.random.rand(9)  # expect: CUP-CODE-NO-SEED
SVC().fit(x, y)
