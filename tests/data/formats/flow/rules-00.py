import pickle
model = pickle.load(open('model.pkl', 'rb'))
# ---
import pickle, requests
data = requests.get('https://example.org/m').content
model = pickle.loads(data)
# ---
import dill
f = dill.load(open('f.dill', 'rb'))
# ---
import cloudpickle
f = cloudpickle.load(open('f.pkl', 'rb'))
# ---
import jsonpickle
x = jsonpickle.decode(text)
# ---
import shelve
db = shelve.open('cache')
# ---
import marshal
code = marshal.loads(blob)
# ---
import pandas as pd
df = pd.read_pickle('data.pkl')
# ---
import numpy as np
x = np.load('x.npy', allow_pickle=True)
# ---
import joblib
model = joblib.load('model.joblib')
# ---
import torch
state = torch.load('model.pt')
# ---
import torch
state = torch.load('model.pt', weights_only=False)
