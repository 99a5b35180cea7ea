# %%
!pip install tool==2.0rc1
