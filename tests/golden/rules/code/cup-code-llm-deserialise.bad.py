import yaml, ollama
yaml.load(ollama.generate(model='m', prompt=p)['response'], Loader=yaml.Loader)  # expect: CUP-CODE-LLM-DESERIALISE
