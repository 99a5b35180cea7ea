# %%
extra = "shap"
!pip install {extra}  # expect: CUP-DEP-VARIABLE
