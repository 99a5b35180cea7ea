import subprocess
subprocess.run(['git', 'status'])
