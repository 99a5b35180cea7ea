import os
os.environ['LANGCHAIN_TRACING_V2'] = 'false'
