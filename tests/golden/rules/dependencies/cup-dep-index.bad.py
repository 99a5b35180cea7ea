# %%
%pip install -i https://mirror.example.org/simple tool==1.0  # expect: CUP-DEP-INDEX
