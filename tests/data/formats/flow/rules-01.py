import torch
torch.serialization.add_safe_globals([MyThing])
# ---
import os
os.environ['TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD'] = '1'
# ---
import torch
from torch import nn
model = nn.Linear(2, 1)
torch.save(model, 'model.pt')
# ---
from torch.package import PackageImporter
imp = PackageImporter('m.pt')
# ---
import torch
m = torch.jit.load('m.pt')
# ---
import torch
m = torch.hub.load('someone/repo', 'model')
# ---
import torch
s = torch.hub.load_state_dict_from_url('https://example.org/m.pth')
# ---
import torch
torch.ops.load_library('ops.so')
# ---
import torch
torch.ops.load_library(input())
# ---
from tensorflow import keras
m = keras.models.load_model('model.h5')
# ---
import keras
m = keras.models.load_model('m.keras', safe_mode=False)
# ---
from tensorflow.keras.layers import Lambda
layer = Lambda(lambda x: x / 255)
