import numpy as np
from torch.utils.data import Dataset
class D(Dataset):
    def __getitem__(self, i):
        return np.random.rand(3)
# ---
import numpy as np
import torch.nn as nn
class M(nn.Module):
    def forward(self, x):
        return np.concatenate((x, x))
# ---
import torch
x = torch.Tensor([1, 2])
# ---
import warnings
warnings.filterwarnings('ignore')
# ---
try:
    f()
except:
    pass
# ---
def f(user):
    assert user.is_admin, 'no'
    return 1
# ---
while True:
    f()
# ---
def f(x=[]):
    x.append(1)
    return x
# ---
if x is 'a':
    f()
# ---
if x == x:
    f()
# ---
import pandas as pd
df = pd.read_csv('a.csv')
df[df.a > 1]['b'] = 0
# ---
class A:
    def __init__(self):
        return 1
