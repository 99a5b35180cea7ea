# %%
pkgs = "reqeusts pandas==2.1.0"  # expect: CUP-DEP-TYPOSQUAT CUP-DEP-UNPINNED

# %%
!pip install {pkgs}  # expect: CUP-DEP-VARIABLE

# %%
names = ["numpy==1.26.0",
         "sckit-learn==1.4.0"]  # expect: CUP-DEP-TYPOSQUAT
for name in names:
    !pip install $name
