// SPDX-License-Identifier: GPL-3.0-or-later
// Small model files, made on the spot.
#pragma once

#include "tests/unit/pickle_assembler.h"

#include <cstddef>
#include <string>

namespace cupel::test {

// Of the assembler's words; empty when they are wrong.
inline std::string pickled(const std::string& source)
{
    std::string problem;
    std::string bytes = test::Assembler().assemble(source, problem);
    return problem.empty() ? bytes : std::string();
}

// An array of NumPy with four-byte numbers.
inline std::string array(const std::string& shape, std::size_t bytes)
{
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
    header.resize((header.size() + 10 + 64) / 64 * 64 - 11, ' ');
    header += '\n';
    std::string out("\x93NUMPY\x01\x00", 8);
    out += static_cast<char>(header.size() & 255);
    out += static_cast<char>(header.size() >> 8);
    return out + header + std::string(bytes, '\1');
}

} // namespace cupel::test
