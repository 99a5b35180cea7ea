from openai import OpenAI
r = OpenAI().responses.create(model='m', input=q)
print(r.output_text)
