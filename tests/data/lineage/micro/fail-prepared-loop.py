# what is prepared is what is given back; a batch that is unpacked is what the model is called with
import torch
from accelerate import Accelerator
from datasets import load_dataset
from torch.utils.data import DataLoader
from transformers import AutoModelForCausalLM
rows = load_dataset("some/rows", split="train")
model = AutoModelForCausalLM.from_pretrained("some/model")
optimizer = torch.optim.AdamW(model.parameters())
helper = Accelerator()
model, optimizer, loader = helper.prepare(model, optimizer, DataLoader(rows, batch_size=8))
for batch in loader:
    loss = model(**batch).loss
    helper.backward(loss)
    optimizer.step()
