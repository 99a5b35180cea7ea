# %%
!docker run -it --rm -p 80:80 tool/server:1.4.2 serve
