from openai import OpenAI
r = OpenAI().chat.completions.create(model='m', messages=[])
print(r.choices[0].message.content)
