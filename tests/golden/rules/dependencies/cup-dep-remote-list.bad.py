# %%
!pip install -qr https://example.org/requirements.txt  # expect: CUP-DEP-REMOTE-LIST
