# failures: steps by hand, in place, and at the head of a loop
import numpy as np
import torch
import torch.nn as nn

images = torch.from_numpy(np.load("images.npy"))

by_hand = nn.Linear(8, 2)
by_hand(images).mean().backward()
for weight in by_hand.parameters():
    weight.data -= 0.1 * weight.grad

in_place = nn.Linear(8, 2)
in_place(images).mean().backward()
for weight in in_place.parameters():
    weight.data.sub_(0.1 * weight.grad)

stepped = nn.Linear(8, 2)
optimizer = torch.optim.SGD(stepped.parameters(), lr=0.1)
for number in range(100):
    if number % 4 == 0:
        optimizer.step()
        optimizer.zero_grad()
    stepped(images).mean().backward()

closed = nn.Linear(8, 2)
lbfgs = torch.optim.LBFGS(closed.parameters())


def closure():
    lbfgs.zero_grad()
    loss = closed(images).mean()
    loss.backward()
    return loss


lbfgs.step(closure)
