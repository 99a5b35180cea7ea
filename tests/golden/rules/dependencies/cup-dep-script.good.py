# %%
!curl -sSL https://example.org/data.csv | head
