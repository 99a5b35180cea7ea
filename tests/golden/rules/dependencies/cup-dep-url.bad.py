# %%
!pip install https://example.org/tool-1.0-py3-none-any.whl  # expect: CUP-DEP-URL
