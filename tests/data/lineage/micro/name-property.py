from functools import cached_property

import pandas as pd


class Store:
    def __init__(self):
        self._rows = None

    @property
    def rows(self):
        if self._rows is None:
            self._rows = pd.read_csv("rows.csv")
        return self._rows

    @rows.setter
    def rows(self, value):
        self._rows = value

    @cached_property
    def more(self):
        return pd.read_csv("more.csv")

    @classmethod
    def read(cls, path):
        return cls.plain(path)

    @staticmethod
    def plain(path):
        return pd.read_csv(path)


store = Store()
store.rows.dropna().to_csv("rows.out.csv")
store.more.to_csv("more.out.csv")
Store.read("a.csv").to_csv("a.out.csv")
store.read("b.csv").to_csv("b.out.csv")
