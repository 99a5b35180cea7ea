# roles: an index of vectors learns what is put into it, one by one, and is asked
import numpy as np
from simpleneighbors import SimpleNeighbors
vectors = np.load("vectors.npy")
index = SimpleNeighbors(128, metric="dot")
for number in range(len(vectors)):
    index.add_one(number, vectors[number])
index.build(n=40)
near = index.nearest(np.load("asked.npy"), n=10)
