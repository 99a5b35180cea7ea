from IPython.display import IFrame
IFrame('https://example.org', 600, 400)  # expect: CUP-CODE-IFRAME-REMOTE
