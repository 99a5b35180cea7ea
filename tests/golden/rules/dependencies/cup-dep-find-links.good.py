# %%
!pip install tool==1.0
