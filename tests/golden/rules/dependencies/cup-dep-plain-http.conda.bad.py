# %%
!conda install -c http://channel.example.org/ch tool=1.0  # expect: CUP-DEP-PLAIN-HTTP
!conda config --add channels http://channel.example.org/two  # expect: CUP-DEP-PLAIN-HTTP
