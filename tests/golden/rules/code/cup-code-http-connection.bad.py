import http.client
c = http.client.HTTPConnection('example.org')  # expect: CUP-CODE-HTTP-CONNECTION
