# %%
!pip install requests==2.31.0 pandas==2.1.0 fastai==2.7.0 fastapi==0.1.0 faiss-cpu==1.7.4 faiss-gpu==1.7.2 scapy==2.5.0 simpy==4.0
!pip install tensorboardx==2.6 psycopg==3.1 python-dateutil==2.8.2 Scikit_Learn==1.3.0 keras-cv==0.6 langchain-cohere==0.1
