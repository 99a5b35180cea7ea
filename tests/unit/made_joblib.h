// SPDX-License-Identifier: GPL-3.0-or-later
// Lines for the assembler that push an array as joblib writes it: a wrapper with its state, and raw bytes behind it.
#pragma once

#include <string>
#include <string_view>

namespace cupel::test {

struct JoblibArray {
    std::string shape = "MARK\nBININT1 2\nTUPLE\n"; // lines that push a tuple
    std::string dtype = "f4";
    std::string order = "<"; // of the bytes of a number
    std::string layout = "C";
    std::string hex; // the numbers
    std::string padding; // hex; empty: joblib before 1.2, which writes none
};

inline std::string joblibArray(const JoblibArray& array)
{
    std::string out =
        "GLOBAL joblib.numpy_pickle NumpyArrayWrapper\nEMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\nMARK\nBINUNICODE 'shape'\n";
    out += array.shape + "BINUNICODE 'order'\nBINUNICODE '" + array.layout + "'\nBINUNICODE 'dtype'\n";
    out += "GLOBAL numpy dtype\nBINUNICODE '" + array.dtype + "'\nNEWFALSE\nNEWTRUE\nTUPLE3\nREDUCE\n";
    out += "MARK\nBININT1 3\nBINUNICODE '" + array.order
        + "'\nNONE\nNONE\nNONE\nBININT -1\nBININT -1\nBININT1 0\nTUPLE\nBUILD\n";
    if (!array.padding.empty()) {
        out += "BINUNICODE 'numpy_array_alignment_bytes'\nBININT1 16\n";
    }
    return out + "SETITEMS\nBUILD\n" + (array.padding.empty() ? "" : "RAW " + array.padding + "\n") + "RAW " + array.hex
        + "\n";
}

} // namespace cupel::test
