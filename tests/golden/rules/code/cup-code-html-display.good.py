from IPython.display import HTML
from html import escape
HTML('<b>' + escape(name) + '</b>')
