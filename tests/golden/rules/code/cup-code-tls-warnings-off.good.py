import urllib3
urllib3.util.Retry(3)
