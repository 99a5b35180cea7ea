// SPDX-License-Identifier: GPL-3.0-or-later
// How the programs of the build write texts of rules into C++ tables. Build time only.
#pragma once

#include <cstdio>
#include <map>
#include <string>

namespace cupel::rules {

// A literal with its length known to the compiler, so that a table costs no counting in constant expressions.
[[nodiscard]] inline std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte >= 0x7F || c == '?') {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\%03o", byte);
            out += escaped;
        } else {
            out += c;
        }
    }
    return out + "\"sv";
}

// The texts of a table as one (pooled_text.h), each kept once.
class TextPool {
public:
    // What stands for the text in its row.
    [[nodiscard]] std::string place(const std::string& text)
    {
        const auto [known, fresh] = m_places.try_emplace(text, m_size);
        if (fresh) {
            m_literals += "\n    " + quoted(text).substr(0, quoted(text).size() - 2);
            m_size += text.size();
        }
        return "{" + std::to_string(known->second) + ", " + std::to_string(text.size()) + "}";
    }
    [[nodiscard]] std::string table() const { return "constexpr char generatedPool[] =" + m_literals + ";\n"; }

private:
    std::map<std::string, std::size_t> m_places;
    std::string m_literals = " \"\"";
    std::size_t m_size = 0;
};

} // namespace cupel::rules
