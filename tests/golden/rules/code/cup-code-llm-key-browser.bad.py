import openai
client = openai.OpenAI(dangerously_allow_browser=True)  # expect: CUP-CODE-LLM-KEY-BROWSER
