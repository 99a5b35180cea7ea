# roles: a collection that is filled and asked
import chromadb
client = chromadb.PersistentClient("store")
notes = client.get_or_create_collection("notes")
notes.add(ids=["1"], documents=[open("a.txt").read()])
notes.query(query_texts=["x"])
