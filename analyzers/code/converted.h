// SPDX-License-Identifier: GPL-3.0-or-later
// What nbconvert makes of IPython's notation, get_ipython().system('ls') and its like, as that notation again: scripts
// then hold the code, shell lines and SQL that their notebooks held.
#pragma once

#include <string>

namespace cupel::code {

// Of the same length as `source`, every byte of the code that was quoted in its place: escapes become one character and
// a blank beside it. "get_ipython().run_cell_magic('time', '', 'x = 1\\n')" is "%%time", blanks, a line break in the
// place of the opening quote, and "x = 1". Calls whose arguments are no plain texts stay what they are, and so does a
// cell of another language that other code stands around.
[[nodiscard]] std::string withNotation(std::string source);

} // namespace cupel::code
