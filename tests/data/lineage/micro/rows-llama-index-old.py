# rows: the older names of LlamaIndex
from llama_index import SimpleDirectoryReader
documents = SimpleDirectoryReader("data").load_data()
