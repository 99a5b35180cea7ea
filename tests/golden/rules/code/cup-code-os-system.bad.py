import os
os.system('rm ' + name)  # expect: CUP-CODE-OS-SYSTEM
