# %%
!pip install https://example.org/tool-1.0-py3-none-any.whl#sha256=9f86d081884c7d65
!pip install ./tool-1.0-py3-none-any.whl
