# %%
!pip install sklearn==0.0  # expect: CUP-DEP-ALIAS
!pip install dotenv==0.0.5 PIL==1.1.7  # expect: CUP-DEP-ALIAS CUP-DEP-ALIAS
!pip install tensorflow-gpu==2.12.0  # expect: CUP-DEP-ALIAS
