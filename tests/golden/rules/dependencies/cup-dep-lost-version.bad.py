# %%
!pip install pandas>=2.0  # expect: CUP-DEP-UNPINNED CUP-DEP-LOST-VERSION
