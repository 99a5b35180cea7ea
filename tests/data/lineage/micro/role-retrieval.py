# roles: documents, index, retriever, chain
from langchain_community.document_loaders import DirectoryLoader
from langchain_community.vectorstores import FAISS
from langchain_openai import OpenAIEmbeddings, ChatOpenAI
from langchain_text_splitters import RecursiveCharacterTextSplitter
from langchain.chains import RetrievalQA
docs = DirectoryLoader("papers", glob="*.md").load()
chunks = RecursiveCharacterTextSplitter().split_documents(docs)
store = FAISS.from_documents(chunks, OpenAIEmbeddings())
chain = RetrievalQA.from_chain_type(llm=ChatOpenAI(model="gpt-4o-mini"), retriever=store.as_retriever())
chain.invoke("what is new?")
