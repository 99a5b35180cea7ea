df.query(f'name == "{name}"')
# ---
import os
os.system('rm ' + name)
# ---
import subprocess
subprocess.run(f'ls {path}', shell=True)
# ---
import subprocess
subprocess.run('ls -l', shell=True)
# ---
import os
os.system('ping ' + input())
# ---
import subprocess
subprocess.run(input())
# ---
import os
os.execv(path, args)
# ---
!rm -r {folder}
# ---
%load https://example.org/setup.py
# ---
%load_ext my_unknown_ext
# ---
%%writefile ~/.ipython/profile_default/startup/00.py
print(1)
# ---
!(crontab -l; echo '* * * * * sh /tmp/x') | crontab -
