import os
os.system('rm ' + name)  # expect: CUP-CODE-OS-SYSTEM
from airflow.operators.bash import BashOperator
t = BashOperator(task_id='t', bash_command=f'rm {name}')  # expect: CUP-CODE-OS-SYSTEM
