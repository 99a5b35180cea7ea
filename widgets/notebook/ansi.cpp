// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/ansi.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr char escape = '\x1b';
constexpr std::size_t longestSequence = 256; // a longer one is text, not a sequence

struct Look {
    Ink ink = Ink::Primary;
    bool strong = false;
    bool italic = false;
    bool strike = false;
    friend bool operator==(const Look&, const Look&) = default;
};

// The 6 x 6 x 6 cube of 256 colours, by its strongest parts.
Ink fromRgb(int red, int green, int blue)
{
    const auto most = std::max({red, green, blue});
    const auto least = std::min({red, green, blue});
    if (most - least < 40) {
        return most < 160 ? Ink::Muted : Ink::Primary;
    }
    const auto r = red * 3 > most * 2;
    const auto g = green * 3 > most * 2;
    const auto b = blue * 3 > most * 2;
    if (r && g) {
        return Ink::Yellow;
    }
    if (r) {
        return b ? Ink::Magenta : Ink::Red;
    }
    return g ? (b ? Ink::Cyan : Ink::Green) : Ink::Blue;
}

Ink fromIndex(int index)
{
    constexpr Ink basic[] = {
        Ink::Muted, Ink::Red, Ink::Green, Ink::Yellow, Ink::Blue, Ink::Magenta, Ink::Cyan, Ink::Primary};
    if (index < 16) {
        return basic[index % 8];
    }
    if (index >= 232) {
        return index < 246 ? Ink::Muted : Ink::Primary;
    }
    const auto cube = index - 16;
    return fromRgb(cube / 36 * 51, cube / 6 % 6 * 51, cube % 6 * 51);
}

class Reader {
public:
    explicit Reader(std::string_view text)
        : m_text(text)
    {
    }

    AnsiText run()
    {
        while (m_at < m_text.size()) {
            const auto next = std::min(m_text.find(escape, m_at), m_text.size());
            keep(next);
            if (m_at < m_text.size() && !sequence()) {
                keep(m_at + 1); // a lone escape stays visible
            }
        }
        close();
        return std::move(m_result);
    }

private:
    void keep(std::size_t end)
    {
        if (end > m_at) {
            m_result.map.addLinear(m_result.utf8.size(), m_at);
            m_result.utf8.append(m_text, m_at, end - m_at);
            m_at = end;
        }
    }

    // At an escape character: reads the whole sequence, or leaves everything as it is.
    bool sequence()
    {
        if (m_at + 1 >= m_text.size()) {
            return false;
        }
        const auto kind = m_text[m_at + 1];
        const auto limit = std::min(m_text.size(), m_at + longestSequence);
        auto end = m_at + 2;
        if (kind == '[') {
            while (end < limit && static_cast<unsigned char>(m_text[end]) >= 0x20
                && static_cast<unsigned char>(m_text[end]) <= 0x3F) {
                ++end;
            }
            if (end >= limit || static_cast<unsigned char>(m_text[end]) < 0x40
                || static_cast<unsigned char>(m_text[end]) > 0x7E) {
                return false;
            }
            if (m_text[end] == 'm') {
                select(m_text.substr(m_at + 2, end - m_at - 2));
            }
            m_at = end + 1;
            return true;
        }
        if (kind == '(' || kind == ')') {
            m_at = std::min(m_text.size(), m_at + 3);
            return true;
        }
        if (kind >= '0' && kind <= '~' && kind != ']' && kind != 'P') {
            m_at += 2;
            return true;
        }
        return false; // hyperlinks and titles carry text: it must stay visible
    }

    void select(std::string_view codes)
    {
        close();
        std::vector<int> values;
        int value = 0;
        for (const char c : codes) {
            if (c >= '0' && c <= '9') {
                value = std::min(value * 10 + (c - '0'), 9999);
            } else {
                values.push_back(value);
                value = 0;
            }
        }
        values.push_back(value);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if ((values[i] == 38 || values[i] == 48) && i + 1 < values.size()) {
                i = extended(values, i);
            } else {
                apply(values[i]);
            }
        }
    }

    // 38;5;n and 38;2;r;g;b: returns the index of the last value used.
    std::size_t extended(const std::vector<int>& values, std::size_t at)
    {
        const bool foreground = values[at] == 38;
        if (values[at + 1] == 5 && at + 2 < values.size()) {
            if (foreground) {
                m_look.ink = fromIndex(std::min(values[at + 2], 255));
            }
            return at + 2;
        }
        if (values[at + 1] == 2 && at + 4 < values.size()) {
            if (foreground) {
                m_look.ink = fromRgb(
                    std::min(values[at + 2], 255), std::min(values[at + 3], 255), std::min(values[at + 4], 255));
            }
            return at + 4;
        }
        return at + 1;
    }

    void apply(int code)
    {
        if (code == 0) {
            m_look = {};
        } else if (code == 1) {
            m_look.strong = true;
        } else if (code == 2) {
            m_look.ink = Ink::Muted;
        } else if (code == 3) {
            m_look.italic = true;
        } else if (code == 9) {
            m_look.strike = true;
        } else if (code == 22) {
            m_look.strong = false;
        } else if (code == 23) {
            m_look.italic = false;
        } else if (code >= 30 && code <= 37) {
            m_look.ink = fromIndex(code - 30);
        } else if (code == 39) {
            m_look.ink = Ink::Primary;
        } else if (code >= 90 && code <= 97) {
            m_look.ink = fromIndex(code - 90);
        }
    }

    // Ends the open span; called before the look changes.
    void close()
    {
        const auto size = m_result.utf8.size();
        if (size > m_from && !(m_look == Look{})) {
            m_result.spans.push_back({static_cast<int>(m_from), static_cast<int>(size - m_from), m_look.ink,
                m_look.strong, m_look.italic, m_look.strike});
        }
        m_from = size;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_from = 0; // start of the open span in the output
    Look m_look;
    AnsiText m_result;
};

} // namespace

AnsiText readAnsi(std::string_view text)
{
    if (text.find(escape) == std::string_view::npos) {
        return {std::string(text), {}, {}};
    }
    return Reader(text).run();
}

} // namespace cupel::widgets
