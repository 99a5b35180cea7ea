# %%
!pip install --extra-index-url https://pypi.corp.example/simple features==3.1.0  # expect: CUP-DEP-EXTRA-INDEX
import os
os.system("pip install features==3.1.0 --extra-index-url=https://other.corp.example/simple")  # expect: CUP-DEP-EXTRA-INDEX
