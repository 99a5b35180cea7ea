import networkx as nx
import nltk
from surprise import dump

dump.dump('svd.dump', algo=None)
graph = nx.read_graphml('graph.graphml')
text = nltk.data.load('corpora/words.txt')
