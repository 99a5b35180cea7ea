import getpass
password = getpass.getpass('Password: ')
