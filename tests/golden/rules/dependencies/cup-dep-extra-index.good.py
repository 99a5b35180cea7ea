# %%
!pip install --index-url https://pypi.corp.example/simple features==3.1.0
!pip install --extra-index-url https://pypi.org/simple features==3.1.0
