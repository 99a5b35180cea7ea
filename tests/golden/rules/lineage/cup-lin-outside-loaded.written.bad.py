# SPDX-License-Identifier: GPL-3.0-or-later
import pickle

import requests

answer = requests.get("https://models.example.org/ash.pkl", timeout=9)
with open("ash.pkl", "wb") as out:
    out.write(answer.content)
with open("ash.pkl", "rb") as stream:
    model = pickle.load(stream)  # expect: CUP-LIN-OUTSIDE-LOADED
