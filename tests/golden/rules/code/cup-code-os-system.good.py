import subprocess
subprocess.run(['rm', '--', name], check=True)
