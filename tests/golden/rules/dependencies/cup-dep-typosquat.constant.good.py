# %%
pkgs = "requests==2.31.0 pandas==2.1.0"
other = "reqeusts"
greeting = f"reqeusts {other}"

# %%
!pip install {pkgs}
