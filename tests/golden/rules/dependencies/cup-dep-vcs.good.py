# %%
!pip install git+https://github.com/owner/project@4f2c1d0e9b8a7c6d5e4f3a2b1c0d9e8f7a6b5c4d
