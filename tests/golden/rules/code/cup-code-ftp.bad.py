import ftplib
f = ftplib.FTP('example.org')  # expect: CUP-CODE-FTP
