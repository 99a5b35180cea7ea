# %%
!pip install argparse==1.4.0  # expect: CUP-DEP-STDLIB-NAME
