# %%
!docker run -it --rm -p 80:80 tool/server:latest serve  # expect: CUP-DEP-IMAGE
