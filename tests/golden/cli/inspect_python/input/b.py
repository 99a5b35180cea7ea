# SPDX-License-Identifier: GPL-3.0-or-later
import os
print(os.name)
