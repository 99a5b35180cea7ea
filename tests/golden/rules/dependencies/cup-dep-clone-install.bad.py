# %%
!git clone https://github.com/owner/project  # expect: CUP-DEP-CLONE-INSTALL
!cd project && pip install -e .
