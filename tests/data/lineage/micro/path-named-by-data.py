# paths: what a file is named by is not what goes into it, and what sets up a model from a file does not write it
import numpy as np
import pandas as pd
from gensim.models import Word2Vec
from lab.io import save_model
from lab.nets import Machine
rows = pd.read_csv("a.csv")
held = pd.read_csv("b.csv")
m = Machine(units=3)
m.fit(rows)
save_model(m, "model_{}.pkl".format(len(held)))
m.init_embeddings("glove.csv")
m.evaluate_vectors("pairs.csv")
m.export_vectors("vectors.csv")
