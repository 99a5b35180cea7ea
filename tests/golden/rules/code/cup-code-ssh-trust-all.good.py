import paramiko
c = paramiko.SSHClient()
c.load_system_host_keys()
