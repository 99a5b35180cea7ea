# %%
!npx -y some-server  # expect: CUP-DEP-FETCH-RUN
!uvx ruff check .  # expect: CUP-DEP-FETCH-RUN
