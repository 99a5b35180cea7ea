import subprocess
subprocess.run(['rm', '--', name], check=True)
from airflow.operators.bash import BashOperator
t = BashOperator(task_id='t', bash_command='rm "$NAME"', env={'NAME': name})
