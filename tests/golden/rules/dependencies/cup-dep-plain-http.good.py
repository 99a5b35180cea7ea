# %%
!pip install --index-url http://localhost:8080/simple tool==1.0
!pip install --index-url https://pypi.org/simple tool==1.0
