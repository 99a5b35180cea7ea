# %%
!sudo -H pip install tool==1.0  # expect: CUP-DEP-SUDO
