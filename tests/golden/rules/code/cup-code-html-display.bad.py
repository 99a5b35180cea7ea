from IPython.display import HTML
HTML(f'<b>{name}</b>')  # expect: CUP-CODE-HTML-DISPLAY
