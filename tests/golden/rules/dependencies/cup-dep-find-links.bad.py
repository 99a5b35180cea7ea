# %%
!pip install tool==1.0 -f https://example.org/wheels.html  # expect: CUP-DEP-FIND-LINKS
