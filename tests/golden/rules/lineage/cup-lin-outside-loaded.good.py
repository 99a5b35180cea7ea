# SPDX-License-Identifier: GPL-3.0-or-later
from urllib.request import urlretrieve

import torch

urlretrieve("https://models.example.org/fir.pt", "fir.pt")
weights = torch.load("fir.pt", weights_only=True)
