# %%
!conda install -c conda-forge -c pytorch tool=1.0
!conda install -c ./own tool=1.0
