// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/pseudonyms.h"

namespace cupel::fixes {

std::string placeholderKind(std::string_view cls)
{
    constexpr std::size_t longest = 32;
    const auto dot = cls.find('.');
    auto name = dot == std::string_view::npos ? cls : cls.substr(dot + 1);
    for (const std::string_view start : {"CUP-OUT-LEAK-", "CUP-OUT-"}) { // a rule without classes
        name.remove_prefix(name.starts_with(start) ? start.size() : 0);
    }
    std::string kind;
    for (const char c : name.substr(0, longest)) {
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) {
            kind.push_back(c);
        } else if (c >= 'a' && c <= 'z') {
            kind.push_back(static_cast<char>(c - 'a' + 'A'));
        } else if (!kind.empty() && kind.back() != '_') {
            kind.push_back('_');
        }
    }
    while (kind.ends_with('_')) {
        kind.pop_back();
    }
    return kind.empty() ? "VALUE" : kind;
}

std::string Pseudonyms::nameOf(std::string_view cls, ByteView value)
{
    auto kind = placeholderKind(cls);
    std::string plain(value); // jane\_doe of LaTeX is jane_doe everywhere else
    for (auto at = plain.find("\\_"); at != std::string::npos; at = plain.find("\\_", at)) {
        plain.erase(at, 1);
    }
    const auto [entry, isNew] = m_numbers.try_emplace({kind, sha256(plain)}, 0);
    if (isNew) {
        entry->second = ++m_counts[kind];
    }
    const auto number = std::to_string(entry->second);
    return '<' + kind + (number.size() < 2 ? "_0" : "_") + number + '>';
}

} // namespace cupel::fixes
