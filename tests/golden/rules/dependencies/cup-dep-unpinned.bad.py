# %%
!pip install pandas "shap[plots]"  # expect: CUP-DEP-UNPINNED
%pip install numpy==1.26.0
!conda install -y scipy
# %%
import subprocess, sys
subprocess.check_call([sys.executable, "-m", "pip", "install", "six"])
