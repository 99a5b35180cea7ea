import xmlrpc.client  # expect: CUP-CODE-SNMP-XMLRPC
p = xmlrpc.client.ServerProxy('https://example.org')
