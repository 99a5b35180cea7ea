import jinja2
e = jinja2.Environment(autoescape=False)  # expect: CUP-CODE-HTML-ESCAPE-OFF
from django.utils.html import format_html
h = format_html('<b>%s</b>' % name)  # expect: CUP-CODE-HTML-ESCAPE-OFF
from flask import request, make_response
r = make_response('<b>' + request.args['q'] + '</b>')  # expect: CUP-CODE-HTML-ESCAPE-OFF
