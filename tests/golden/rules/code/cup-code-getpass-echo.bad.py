password = input('Password: ')  # expect: CUP-CODE-GETPASS-ECHO
