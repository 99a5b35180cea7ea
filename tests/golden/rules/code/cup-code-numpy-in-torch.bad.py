import numpy as np
import torch.nn as nn
class M(nn.Module):
    def forward(self, x):
        return np.concatenate((x, x))  # expect: CUP-CODE-NUMPY-IN-TORCH
