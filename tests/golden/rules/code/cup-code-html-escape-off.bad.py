import jinja2
e = jinja2.Environment(autoescape=False)  # expect: CUP-CODE-HTML-ESCAPE-OFF
