# %%
extra = "shap"  # expect: CUP-DEP-UNPINNED
!pip install {extra}  # expect: CUP-DEP-VARIABLE
