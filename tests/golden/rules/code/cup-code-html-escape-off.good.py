import jinja2
e = jinja2.Environment(autoescape=True)
from django.utils.html import format_html
h = format_html('<b>{}</b>', name)
from flask import make_response
r = make_response('<b>ready</b>')
