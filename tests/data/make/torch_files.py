# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of PyTorch: states, checkpoints, whole modules, TorchScript, in the zip form and the one before 1.6."""
import collections

import numpy
import torch
from torch import nn

from made import Made

torch.manual_seed(7)
made = Made("torch", "1.13.0" if torch.__version__ == "1.13.0a0" else torch.__version__)


def network():
    return nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3), nn.ReLU(), nn.Dropout(0.1), nn.Linear(3, 2))


def both(name, value, tensors, how, legacy=True):
    torch.save(value, made.path(name + ".pt", "zip", tensors, "torch.save of " + how))
    if not legacy:  # the source text of every class of modules goes into that form
        return
    torch.save(value, made.path(name + "_legacy.pt", "pickle", tensors, "torch.save of " + how + ", not as zip"),
               _use_new_zipfile_serialization=False)


model = network()
both("state", model.state_dict(), 9, "a state_dict")
both("module", model, 9, "a whole nn.Sequential")

optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 2)
model(torch.randn(5, 4)).sum().backward()
optimizer.step()
scheduler.step()
both("checkpoint", {"epoch": 3, "model": model.state_dict(), "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict(),
                    "loss": 0.25, "rng": torch.get_rng_state()[:64].clone(), "classes": ["cat", "dog"]}, None, "a checkpoint of a training")

recurrent = nn.ModuleDict({"embed": nn.Embedding(7, 4), "lstm": nn.LSTM(4, 3), "conv": nn.Conv2d(1, 2, 3), "norm": nn.LayerNorm(4), "gelu": nn.GELU()})
both("recurrent", recurrent, None, "embedding, LSTM, convolution, normalisation as whole modules", False)
both("transformer", nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 6), 1), None, "a whole nn.TransformerEncoder", False)

base = torch.arange(12, dtype=torch.float32).reshape(3, 4)
both("views", collections.OrderedDict(base=base, transposed=base.t(), part=base[1:, 1:], half=base.half(), brain=base.bfloat16(),
                                      double=base.double(), byte=base.to(torch.uint8), truth=base > 3, whole=base.long(),
                                      complex=base.to(torch.complex64)), 10,
     "tensors that share a storage, and of every type")
both("parts", {"sparse": base.to_sparse(), "device": torch.device("cpu"), "type": torch.float16, "size": torch.Size([1, 2]),
               "parameter": nn.Parameter(base.clone()), "array": numpy.arange(6.0).reshape(2, 3)}, None,
     "a sparse tensor, a device, a type, a size, a parameter, an array of NumPy")
both("quantized", {"tensor": torch.quantize_per_tensor(base, 0.1, 3, torch.quint8),
                   "channel": torch.quantize_per_channel(base, torch.tensor([0.1, 0.2, 0.3]), torch.zeros(3, dtype=torch.long), 0, torch.qint8)},
     None, "quantised tensors")

scripted = torch.jit.script(network().eval())
scripted.save(made.path("scripted.pt", "zip", None, "torch.jit.script"))
traced = torch.jit.trace(network().eval(), torch.randn(2, 4))
traced.save(made.path("traced.pt", "zip", None, "torch.jit.trace"))
made.close()
