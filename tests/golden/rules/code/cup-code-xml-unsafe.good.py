import defusedxml.ElementTree as ET
ET.parse('f.xml')
