import torch
torch.ops.load_library('ops.so')  # expect: CUP-CODE-NATIVE-LIBRARY
