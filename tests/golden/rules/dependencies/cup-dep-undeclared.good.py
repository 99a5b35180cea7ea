# %%
!pip install shap==0.44.0 pandas==2.1.0 scikit-learn==1.3.0
import os, shap, helpers
import pandas as pd
from sklearn.svm import SVC
