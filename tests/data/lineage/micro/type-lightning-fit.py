# 3.3: the Trainer of Lightning fits the module it is given
import lightning as L
import torch
class Net(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.lin = torch.nn.Linear(3, 1)
    def training_step(self, batch, index):
        x, y = batch
        return ((self.lin(x) - y) ** 2).mean()
loader = torch.utils.data.DataLoader(torch.load("a.pt"))
trainer = L.Trainer(max_epochs=1)
trainer.fit(Net(), loader)
