import subprocess
subprocess.run('ls -l', shell=True)  # expect: CUP-CODE-SHELL-TRUE-FIXED
