import socket
s = socket.socket()
s.bind(('', 8080))  # expect: CUP-CODE-BIND-ALL-EMPTY
