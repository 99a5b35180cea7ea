# faiss.Index.add: an index of what is put into it
import faiss
import pandas as pd
from sentence_transformers import SentenceTransformer
texts = pd.read_csv("docs.csv")["text"].tolist()
encoder = SentenceTransformer("all-MiniLM-L6-v2")
vectors = encoder.encode(texts)
index = faiss.IndexFlatL2(vectors.shape[1])
index.add(vectors)
found = index.search(encoder.encode(["what is it?"]), 3)
