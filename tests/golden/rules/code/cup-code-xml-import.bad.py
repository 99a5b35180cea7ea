from xml.etree import ElementTree  # expect: CUP-CODE-XML-IMPORT
