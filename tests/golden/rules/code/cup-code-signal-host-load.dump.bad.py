import compress_pickle
import networkx as nx
import nltk
from surprise import dump

_, algorithm = dump.load('svd.dump')  # expect: CUP-CODE-SIGNAL-HOST-LOAD
table = compress_pickle.load('table.pkl.gz')  # expect: CUP-CODE-SIGNAL-HOST-LOAD
graph = nx.read_gpickle('graph.gpickle')  # expect: CUP-CODE-SIGNAL-HOST-LOAD
words = nltk.data.load('tokenizers/punkt/english.pickle')  # expect: CUP-CODE-SIGNAL-HOST-LOAD
