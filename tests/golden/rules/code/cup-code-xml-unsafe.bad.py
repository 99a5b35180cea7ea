import xml.etree.ElementTree as ET
ET.parse('f.xml')  # expect: CUP-CODE-XML-UNSAFE
