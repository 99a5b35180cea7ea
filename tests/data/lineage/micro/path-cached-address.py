# locators: a cache of addresses is no data set of a library
import json
import shap
names = json.load(open(shap.datasets.cache("https://example.org/names.json")))
