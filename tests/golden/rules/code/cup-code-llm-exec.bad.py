from openai import OpenAI
r = OpenAI().chat.completions.create(model='m', messages=[])
exec(r.choices[0].message.content)  # expect: CUP-CODE-LLM-EXEC
