# roles: embeddings in an index of vectors
import faiss
from sentence_transformers import SentenceTransformer
lines = open("a.txt").read().splitlines()
net = SentenceTransformer("owner/embedder")
index = faiss.IndexFlatL2(384)
index.add(net.encode(lines))
faiss.write_index(index, "a.index")
