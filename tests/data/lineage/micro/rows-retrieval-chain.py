# a chain is made of the index behind its retriever
from langchain.chains import ConversationalRetrievalChain, RetrievalQA
from langchain.text_splitter import CharacterTextSplitter
from langchain_community.document_loaders import TextLoader
from langchain_community.vectorstores import FAISS
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
docs = TextLoader("state.txt").load()
chunks = CharacterTextSplitter().split_documents(docs)
store = FAISS.from_documents(chunks, OpenAIEmbeddings())
qa = RetrievalQA.from_chain_type(llm=ChatOpenAI(model="gpt-4o"), retriever=store.as_retriever())
qa.invoke("hello?")
again = ConversationalRetrievalChain.from_llm(ChatOpenAI(model="gpt-4o"), retriever=store.as_retriever())
again({"question": "x"})
