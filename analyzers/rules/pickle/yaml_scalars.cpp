// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pickle/yaml_scalars.h"

#include "analyzers/base/encodings.h"
#include "analyzers/base/json_text.h"

#include <algorithm>
#include <optional>

namespace cupel::rules::pickle {

namespace {

constexpr std::size_t longestScalar = 4'096; // more is no name
constexpr std::size_t mostAnchors = 10'000;
constexpr std::string_view flowSigns = ",[]{}";
constexpr std::string_view core = "tag:yaml.org,2002:";

class Scanner {
public:
    Scanner(ByteView text, Budget& budget, const YamlEvents& events)
        : m_text(text)
        , m_budget(budget)
        , m_events(events)
    {
    }

    bool run()
    {
        while (m_at < m_text.size()) {
            const auto before = m_at;
            step();
            m_at = std::max(m_at, before + 1);
            if (!m_budget.spend(m_at - before)) {
                return false;
            }
        }
        return true;
    }

private:
    [[nodiscard]] char at(std::size_t index) const { return index < m_text.size() ? m_text[index] : '\n'; }
    [[nodiscard]] bool isBlank(std::size_t index) const
    {
        const char c = at(index);
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
    [[nodiscard]] bool isFlow(std::size_t index) const
    {
        return index < m_text.size() && flowSigns.find(m_text[index]) != std::string_view::npos;
    }
    [[nodiscard]] std::size_t lineEnd(std::size_t from) const
    {
        return std::min(m_text.find('\n', from), m_text.size());
    }

    void step()
    {
        const char c = m_text[m_at];
        const bool lineStart = m_at == 0 || m_text[m_at - 1] == '\n';
        if (isBlank(m_at)) {
            m_afterQuote = false;
            return;
        }
        if (c == '#' && (m_at == 0 || isBlank(m_at - 1))) {
            m_at = lineEnd(m_at);
        } else if (c == '%' && lineStart) {
            directive();
        } else if (c == '"' || c == '\'') {
            quoted(c);
        } else if (c == '&' || c == '*') {
            anchor(c);
        } else if (c == '!') {
            tag();
        } else if (isFlow(m_at)) {
            m_key.reset();
            m_scalar.reset();
            m_anchor.clear();
        } else if ((c == '-' || c == '?') && isBlank(m_at + 1)) {
            m_key.reset(); // an element of a list, or a key of its own
        } else if (c == ':' && (isBlank(m_at + 1) || isFlow(m_at + 1) || m_afterQuote)) {
            m_key = std::move(m_scalar);
            m_scalar.reset();
            m_afterQuote = false;
        } else if ((c == '|' || c == '>') && m_key) {
            block();
        } else {
            plain();
        }
    }

    // %TAG !e! tag:yaml.org,2002:python/
    void directive()
    {
        const auto line = m_text.substr(m_at, lineEnd(m_at) - m_at);
        m_at = lineEnd(m_at);
        const auto first = line.find('!');
        const auto gap = line.find_first_of(" \t", first == ByteView::npos ? line.size() : first);
        const auto prefix = gap == ByteView::npos ? gap : line.find_first_not_of(" \t", gap);
        if (line.starts_with("%TAG") && prefix != ByteView::npos && m_handles.size() < mostAnchors) {
            m_handles[std::string(line.substr(first, gap - first))] =
                std::string(line.substr(prefix, line.find_last_not_of(" \t\r") + 1 - prefix).substr(0, longestScalar));
        }
    }

    void quoted(char quote)
    {
        const auto start = m_at++;
        std::string out;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == quote && quote == '\'' && at(m_at + 1) == '\'') {
                out += '\'';
                m_at += 2;
            } else if (c == quote) {
                break;
            } else if (c == '\\' && quote == '"') {
                escape(out);
            } else {
                out += c == '\n' ? ' ' : c;
                ++m_at;
            }
            if (out.size() > longestScalar) {
                out.resize(longestScalar);
            }
        }
        ++m_at;
        m_afterQuote = true;
        scalar(std::move(out), {start, std::min(m_at, m_text.size())});
    }

    void escape(std::string& out)
    {
        const char c = at(m_at + 1);
        const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        m_at += 2;
        if (digits > 0) {
            const auto point = readHex(m_text, m_at, digits);
            if (point >= 0) {
                appendUtf8(out, static_cast<std::uint32_t>(point));
                m_at += digits;
            }
        } else if (c == '\n') {
            m_at = std::min(m_text.find_first_not_of(" \t", m_at), m_text.size());
        } else {
            out += c == 'n' ? '\n' : c == 't' ? '\t' : c == '_' ? ' ' : c;
        }
    }

    void anchor(char sign)
    {
        const auto start = m_at++;
        while (m_at < m_text.size() && !isBlank(m_at) && !isFlow(m_at)) {
            ++m_at;
        }
        auto name = std::string(m_text.substr(start + 1, m_at - start - 1));
        if (sign == '&') {
            m_anchor = std::move(name);
        } else if (const auto known = m_anchors.find(name); known != m_anchors.end()) {
            scalar(known->second, {start, m_at});
        }
    }

    void tag()
    {
        const auto start = m_at;
        const bool verbatim = at(m_at + 1) == '<';
        while (m_at < m_text.size() && !isBlank(m_at) && (verbatim || !isFlow(m_at))) {
            ++m_at;
        }
        auto written = std::string(m_text.substr(start, std::min(m_at - start, longestScalar)));
        if (verbatim) {
            written = written.substr(2, written.find('>') == std::string::npos ? written.npos : written.find('>') - 2);
        } else {
            const auto second = written.find('!', 1);
            const auto handle = second == std::string::npos ? std::string("!") : written.substr(0, second + 1);
            const auto known = m_handles.find(handle);
            const auto suffix = written.substr(handle.size());
            written = known != m_handles.end() ? known->second + suffix
                : handle == "!!"               ? std::string(core) + suffix
                                               : written;
        }
        written = decodePercent(written);
        m_events.tag(written.starts_with(core) ? written.substr(core.size()) : written, {start, m_at});
    }

    // A text of lines that are indented more than the line of its sign.
    void block()
    {
        const auto lineStart = m_text.rfind('\n', m_at);
        const auto start = lineStart == ByteView::npos ? 0 : lineStart + 1;
        const auto indent = std::min(m_text.find_first_not_of(' ', start), m_text.size()) - start;
        const auto begin = m_at;
        std::string out;
        m_at = lineEnd(m_at);
        while (m_at < m_text.size()) {
            const auto line = m_at + 1;
            const auto content = std::min(m_text.find_first_not_of(" \t\r", line), m_text.size());
            if (content < m_text.size() && m_text[content] != '\n' && content - line <= indent) {
                break;
            }
            m_at = lineEnd(line);
            if (out.size() < longestScalar && content < m_at) {
                out += (out.empty() ? "" : " ") + std::string(m_text.substr(content, m_at - content));
            }
        }
        while (!out.empty() && (out.back() == ' ' || out.back() == '\r')) {
            out.pop_back();
        }
        scalar(std::move(out), {begin, m_at});
    }

    void plain()
    {
        const auto start = m_at;
        while (m_at < m_text.size() && m_text[m_at] != '\n' && !isFlow(m_at)
            && !(m_text[m_at] == ':' && (isBlank(m_at + 1) || isFlow(m_at + 1)))
            && !(m_text[m_at] == '#' && isBlank(m_at - 1))) {
            // "${x}" of OmegaConf is no mapping in braces.
            const bool reference = m_text[m_at] == '$' && at(m_at + 1) == '{';
            const auto end = reference ? m_text.find_first_of("}\n", m_at) : ByteView::npos;
            m_at = end != ByteView::npos && m_text[end] == '}' ? end + 1 : m_at + 1;
        }
        auto text = m_text.substr(start, m_at - start);
        text = text.substr(0, text.find_last_not_of(" \t\r") + 1);
        scalar(std::string(text.substr(0, longestScalar)), {start, start + text.size()});
    }

    void scalar(std::string text, ByteRange place)
    {
        if (!m_anchor.empty() && m_anchors.size() < mostAnchors) {
            m_anchors[m_anchor] = text;
        }
        m_anchor.clear();
        if (m_key) {
            m_events.pair(*m_key, text, place);
            m_key.reset();
        }
        m_scalar = std::move(text);
    }

    ByteView m_text;
    Budget& m_budget;
    const YamlEvents& m_events;
    std::size_t m_at = 0;
    bool m_afterQuote = false;
    std::string m_anchor; // waits for its scalar
    std::optional<std::string> m_scalar; // the last one, a key if ':' follows
    std::optional<std::string> m_key; // waits for its value
    std::map<std::string, std::string> m_anchors;
    std::map<std::string, std::string> m_handles;
};

} // namespace

bool readYamlScalars(ByteView text, Budget& budget, const YamlEvents& events)
{
    return Scanner(text, budget, events).run();
}

} // namespace cupel::rules::pickle
