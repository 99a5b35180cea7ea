# %%
!uvx ruff==0.4.0 check .
