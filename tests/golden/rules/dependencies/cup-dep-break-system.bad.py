# %%
!pip install --break-system-packages tool==1.0  # expect: CUP-DEP-BREAK-SYSTEM
