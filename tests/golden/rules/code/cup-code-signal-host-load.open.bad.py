import os

import surprise

# The bracket of the call is never closed, as in a cell that was saved half-written.
svd = surprise.dump.load(os.path.join('models', 'model.dump')[1]  # expect: CUP-CODE-SIGNAL-HOST-LOAD
