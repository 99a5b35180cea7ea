# what is added to a collection is in what it is asked for
import chromadb
texts = open("facts.txt").read().split("\n")
client = chromadb.PersistentClient(path="db")
facts = client.create_collection("facts")
facts.add(documents=texts, ids=[str(i) for i in range(len(texts))])
print(facts.query(query_texts=["x"], n_results=2))
