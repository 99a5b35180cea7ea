# %%
!pip install ultralytics==8.3.41  # expect: CUP-DEP-HIJACKED
