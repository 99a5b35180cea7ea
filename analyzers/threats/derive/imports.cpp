// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/imports.h"

#include <algorithm>
#include <set>
#include <utility>

namespace cupel::threats {

namespace {

constexpr std::size_t mostImports = 2'000;
constexpr std::size_t longestList = 4'000; // of names behind one import
constexpr std::size_t longestModule = 200;

bool isName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view takeModule(std::string_view& text)
{
    std::size_t end = 0;
    while (end < text.size() && (isName(text[end]) || text[end] == '.')) {
        ++end;
    }
    const auto out = text.substr(0, end);
    text.remove_prefix(end);
    return out;
}

void skipBlanks(std::string_view& text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

bool takeWord(std::string_view& text, std::string_view word)
{
    if (!text.starts_with(word) || text.size() == word.size()
        || (text[word.size()] != ' ' && text[word.size()] != '\t')) {
        return false;
    }
    text.remove_prefix(word.size());
    skipBlanks(text);
    return true;
}

class Imports {
public:
    void line(std::string_view text)
    {
        const bool from = takeWord(text, "from");
        if (!from && !takeWord(text, "import")) {
            return;
        }
        const std::string module(takeModule(text));
        if (module.empty() || module.size() > longestModule || module.front() == '.') {
            return;
        }
        skipBlanks(text);
        if (!from) {
            add(module);
            for (skipBlanks(text); text.starts_with(','); skipBlanks(text)) { // import a, b
                text.remove_prefix(1);
                skipBlanks(text);
                add(std::string(takeModule(text)));
            }
        } else if (takeWord(text, "import")) {
            add(module);
            text = text.substr(0, std::min(longestList, m_left));
            m_left -= text.size(); // lists that nobody closed lie over each other
            names(module, text);
        }
    }

    std::vector<std::string> out;

private:
    void add(const std::string& module)
    {
        if (!module.empty() && out.size() < mostImports && m_known.insert(module).second) {
            out.push_back(module);
        }
    }

    // To the end of the line, or of the parentheses; in a notebook both hold quotes and escapes.
    void names(const std::string& module, std::string_view text)
    {
        const bool list = text.starts_with('(');
        bool alias = false;
        for (std::size_t i = list ? 1 : 0; i < text.size();) {
            const char c = text[i];
            if (list ? c == ')' : (c == '\n' || c == '\\' || c == '"' || c == '#')) {
                return;
            }
            if (!isName(c)) {
                i += c == '\\' ? 2 : 1;
                continue;
            }
            std::size_t end = i;
            while (end < text.size() && isName(text[end])) {
                ++end;
            }
            const auto name = text.substr(i, end - i);
            i = end;
            if (name == "as") {
                alias = true;
            } else if (!alias) {
                add(module + '.' + std::string(name));
            } else {
                alias = false;
            }
        }
    }

    std::set<std::string> m_known;
    std::size_t m_left = 8 << 20; // bytes of lists, of one file
};

} // namespace

std::vector<std::string> importsIn(std::string_view code)
{
    Imports imports;
    for (std::size_t at = 0; at < code.size();) {
        const auto end = std::min(code.find('\n', at), code.size());
        auto first = at;
        while (first < end && (code[first] == ' ' || code[first] == '\t' || code[first] == '"' || code[first] == '[')) {
            ++first;
        }
        if (code.substr(first).starts_with("from ") || code.substr(first).starts_with("import ")) {
            imports.line(code.substr(first));
        }
        at = end + 1;
    }
    return std::move(imports.out);
}

} // namespace cupel::threats
