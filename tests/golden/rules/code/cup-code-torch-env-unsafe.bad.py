import os
os.environ['TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD'] = '1'  # expect: CUP-CODE-TORCH-ENV-UNSAFE
