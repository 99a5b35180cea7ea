# %%
!git clone https://github.com/owner/project
!ls project
