import os
os.environ['LANGCHAIN_TRACING_V2'] = 'true'  # expect: CUP-CODE-LLM-TRACING
