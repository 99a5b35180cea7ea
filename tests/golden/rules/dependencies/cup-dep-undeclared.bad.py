# %%
!pip install shap==0.44.0
import os, shap
import pandas as pd  # expect: CUP-DEP-UNDECLARED
from sklearn.svm import SVC
import helpers
