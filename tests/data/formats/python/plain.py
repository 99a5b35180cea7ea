#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Text."""
from a import (b,
  c as d)

class A:
    def f(self): return f'{self!r}'
