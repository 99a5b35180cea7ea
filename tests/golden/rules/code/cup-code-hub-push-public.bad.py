model.push_to_hub('team/model')  # expect: CUP-CODE-HUB-PUSH-PUBLIC
