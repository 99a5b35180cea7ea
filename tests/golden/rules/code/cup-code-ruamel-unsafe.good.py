from ruamel.yaml import YAML
y = YAML(typ='safe')
