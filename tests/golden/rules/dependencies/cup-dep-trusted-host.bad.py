# %%
!pip install --trusted-host pypi.example.org tool==1.0  # expect: CUP-DEP-TRUSTED-HOST
