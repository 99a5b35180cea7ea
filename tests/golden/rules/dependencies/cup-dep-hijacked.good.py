# %%
!pip install ultralytics==8.3.50
