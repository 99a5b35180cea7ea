import paramiko
c = paramiko.SSHClient()
c.set_missing_host_key_policy(paramiko.AutoAddPolicy)  # expect: CUP-CODE-SSH-TRUST-ALL
