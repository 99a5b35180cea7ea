import ftplib
f = ftplib.FTP_TLS('example.org')
