# %%
!pip install reqeusts==1.0  # expect: CUP-DEP-TYPOSQUAT
!pip install panddas==1.0  # expect: CUP-DEP-TYPOSQUAT
!pip install nunpy==1.0  # expect: CUP-DEP-TYPOSQUAT
!pip install python-numpy==1.0  # expect: CUP-DEP-TYPOSQUAT
!pip install scikitlearn==1.0  # expect: CUP-DEP-TYPOSQUAT
!pip install nmap-python==1.0  # expect: CUP-DEP-TYPOSQUAT
!pip install requests-darwin-lite==1.0  # expect: CUP-DEP-TYPOSQUAT
!pip install pаndas==1.0  # expect: CUP-DEP-TYPOSQUAT
