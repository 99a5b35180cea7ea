import re
re.match('a+$', text)
