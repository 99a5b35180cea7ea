# %%
version = "1.0"
!pip install shap=={version}
