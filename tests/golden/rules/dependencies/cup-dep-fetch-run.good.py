# %%
!npx -y some-server@1.4.2
!uvx ruff==0.4.0 check .
