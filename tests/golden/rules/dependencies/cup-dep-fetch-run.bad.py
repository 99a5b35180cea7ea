# %%
!pipx run black==24.1 .
!uvx ruff check .  # expect: CUP-DEP-FETCH-RUN
