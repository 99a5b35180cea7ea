// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/json_text.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int deepestIndent = 24; // deeper levels are not indented further
constexpr std::size_t longestIndented = 128 << 10;
constexpr std::size_t shortList = 60; // a list or object this short stays on one line

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

class Writer {
public:
    explicit Writer(std::string_view json)
        : m_json(json)
    {
    }

    PrettyJson run()
    {
        while (m_at < m_json.size()) {
            step();
        }
        return std::move(m_out);
    }

private:
    void keep(std::size_t count)
    {
        m_out.map.addLinear(m_out.utf8.size(), m_at);
        m_out.utf8.append(m_json.substr(m_at, count));
        m_at += count;
    }

    // Indentation may not make much more of a text than it is.
    [[nodiscard]] bool isLong() const { return m_out.utf8.size() > 2 * m_at + longestIndented; }

    void newLine()
    {
        if (isLong()) {
            return;
        }
        m_out.map.addBlock(m_out.utf8.size(), m_at, 1);
        m_out.utf8.push_back('\n');
        m_out.utf8.append(static_cast<std::size_t>(2 * std::clamp(m_depth, 0, deepestIndent)), ' ');
    }

    std::size_t stringEnd(std::size_t at) const
    {
        for (auto i = at + 1; i < m_json.size(); ++i) {
            if (m_json[i] == '\\') {
                ++i;
            } else if (m_json[i] == '"') {
                return i + 1;
            }
        }
        return m_json.size();
    }

    // The end of a bracket that closes soon and holds no other; 0: it does not.
    std::size_t shortEnd() const
    {
        for (auto i = m_at + 1; i < std::min(m_json.size(), m_at + shortList); ++i) {
            const auto c = m_json[i];
            if (c == '"') {
                i = stringEnd(i) - 1;
            } else if (c == '{' || c == '[') {
                return 0;
            } else if (c == '}' || c == ']') {
                return i + 1;
            }
        }
        return 0;
    }

    void step()
    {
        const auto c = m_json[m_at];
        if (c == '"') {
            keep(stringEnd(m_at) - m_at);
        } else if (isSpace(c)) {
            ++m_at;
        } else if (c == '{' || c == '[') {
            const auto end = m_flat == 0 ? shortEnd() : 0;
            m_flat = end > 0 ? end : m_flat;
            keep(1);
            ++m_depth;
            if (m_flat == 0) {
                newLine();
            }
        } else if (c == '}' || c == ']') {
            --m_depth;
            if (m_flat == 0) {
                newLine();
            }
            keep(1);
            m_flat = m_at >= m_flat ? 0 : m_flat;
        } else if (c == ',') {
            keep(1);
            if (m_flat == 0) {
                newLine();
            } else {
                m_out.utf8.push_back(' ');
            }
        } else if (c == ':') {
            keep(1);
            m_out.utf8.push_back(' ');
        } else {
            auto end = m_at + 1;
            while (end < m_json.size() && !isSpace(m_json[end])
                && std::string_view("\"{}[],:").find(m_json[end]) == std::string_view::npos) {
                ++end;
            }
            keep(end - m_at);
        }
    }

    std::string_view m_json;
    std::size_t m_at = 0;
    std::size_t m_flat = 0; // end of the bracket that stays on one line; 0: none
    int m_depth = 0;
    PrettyJson m_out;
};

} // namespace

PrettyJson prettyJson(std::string_view json)
{
    return Writer(json).run();
}

} // namespace cupel::widgets
