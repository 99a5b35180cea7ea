# an index that was persisted is the one that is loaded
from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex, load_index_from_storage
docs = SimpleDirectoryReader("data").load_data()
index = VectorStoreIndex.from_documents(docs)
index.storage_context.persist(persist_dir="st")
context = StorageContext.from_defaults(persist_dir="st")
again = load_index_from_storage(context)
engine = again.as_query_engine()
answer = engine.query("x")
open("answer.txt", "w").write(str(answer))
