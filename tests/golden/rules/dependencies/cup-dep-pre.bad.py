# %%
!pip install --pre tool==2.0  # expect: CUP-DEP-PRE
