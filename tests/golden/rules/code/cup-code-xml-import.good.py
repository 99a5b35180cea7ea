from defusedxml import ElementTree
