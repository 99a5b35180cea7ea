# %%
!pip install 'pandas>=2.0' "numpy<2"
!pip install six==1.16.0 > log.txt 2>&1
