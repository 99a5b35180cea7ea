# %%
pkgs = "reqeusts pandas==2.1.0"  # expect: CUP-DEP-TYPOSQUAT

# %%
!pip install {pkgs}

# %%
names = ["numpy==1.26.0",
         "sckit-learn==1.4.0"]  # expect: CUP-DEP-TYPOSQUAT
for name in names:
    !pip install $name
