from IPython.display import IFrame
IFrame('report.html', 600, 400)
