import subprocess
subprocess.run(input())  # expect: CUP-CODE-PROGRAM-OUTSIDE
