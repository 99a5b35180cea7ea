import jinja2
e = jinja2.Environment(autoescape=True)
