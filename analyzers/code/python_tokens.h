// SPDX-License-Identifier: GPL-3.0-or-later
// A forgiving tokenizer for Python source: strings with their prefixes, names, numbers, operators, logical line ends.
// Never fails: an unclosed string ends at its line (or at the end of the text for triple quotes).
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>

namespace cupel::code {

struct PythonToken {
    enum class Kind : std::uint8_t { End, Name, Number, String, Operator, NewLine };
    Kind kind = Kind::End;
    ByteRange bytes; // of the whole token
    ByteRange content; // of a string: between the quotes
    bool raw = false;
    bool formatted = false;
};

class PythonTokens {
public:
    explicit PythonTokens(ByteView source)
        : m_source(source)
    {
    }
    PythonToken next();

private:
    PythonToken string(std::uint64_t start, std::uint64_t quoteAt);
    ByteView m_source;
    std::uint64_t m_at = 0;
    std::uint32_t m_depth = 0; // open brackets: line ends inside them mean nothing
};

// The value of a string token; escapes undone unless raw.
[[nodiscard]] std::string stringValue(ByteView source, const PythonToken& token);

} // namespace cupel::code
