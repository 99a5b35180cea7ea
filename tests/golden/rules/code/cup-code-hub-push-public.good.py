model.push_to_hub('team/model', private=True)
