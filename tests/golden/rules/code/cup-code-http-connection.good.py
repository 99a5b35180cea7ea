import http.client
c = http.client.HTTPSConnection('example.org')
