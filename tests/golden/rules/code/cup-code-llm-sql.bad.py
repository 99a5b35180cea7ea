from openai import OpenAI
r = OpenAI().responses.create(model='m', input=q)
cursor.execute(r.output_text)  # expect: CUP-CODE-LLM-SQL
