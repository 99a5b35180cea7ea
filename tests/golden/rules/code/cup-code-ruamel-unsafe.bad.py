from ruamel.yaml import YAML
y = YAML(typ='unsafe')  # expect: CUP-CODE-RUAMEL-UNSAFE
