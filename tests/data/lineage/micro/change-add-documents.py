# 4.3: add_documents puts documents into the index
from langchain_community.document_loaders import TextLoader
from langchain_community.vectorstores import FAISS
from langchain_openai import OpenAIEmbeddings
store = FAISS.from_documents(TextLoader("a.txt").load(), OpenAIEmbeddings())
store.add_documents(TextLoader("b.txt").load())
store.save_local("index")
