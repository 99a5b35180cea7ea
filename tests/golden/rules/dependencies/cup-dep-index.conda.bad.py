# %%
!conda install -c https://channel.example.org/ch tool=1.0  # expect: CUP-DEP-INDEX
