# %%
!pip install --index-url http://pypi.example.org/simple tool==1.0  # expect: CUP-DEP-PLAIN-HTTP
!pip install http://example.org/a-1.0.tar.gz  # expect: CUP-DEP-PLAIN-HTTP
!pip install -r http://example.org/requirements.txt  # expect: CUP-DEP-PLAIN-HTTP
!PIP_INDEX_URL=http://mirror.example.org/simple pip install a==1.0  # expect: CUP-DEP-PLAIN-HTTP
