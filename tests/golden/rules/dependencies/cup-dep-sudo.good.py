# %%
!sudo apt-get install -y git
