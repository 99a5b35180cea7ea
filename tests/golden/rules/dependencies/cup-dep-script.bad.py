# %%
!curl -sSL https://install.example.org/install.sh | sh  # expect: CUP-DEP-SCRIPT
