// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/json_outline.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel {

class JsonOutlineBuilder {
public:
    JsonOutlineBuilder(ByteView text, Budget& budget, const JsonOutline::Options& options, JsonOutline& out)
        : m_text(text)
        , m_budget(budget)
        , m_options(options)
        , m_out(out)
        , m_at(options.start)
    {
    }

    void run()
    {
        while (skipSpace() && !m_out.m_stoppedEarly) {
            step();
        }
        m_out.m_stoppedAt = m_at;
        if (!m_stack.empty()) {
            if (!m_out.m_stoppedEarly) {
                trouble(JsonTrouble::Kind::Truncated, m_text.size());
            }
            while (!m_stack.empty()) {
                close(m_text.size());
            }
        }
        if (m_out.m_nodes.empty() && m_tops == 0) {
            trouble(JsonTrouble::Kind::Empty, 0);
        }
        m_out.m_understood = m_at - std::min(m_at, m_strayBytes);
        std::sort(m_out.m_troubles.begin(), m_out.m_troubles.end(),
            [](const auto& a, const auto& b) { return a.offset < b.offset; });
    }

private:
    enum class Expect : std::uint8_t { Value, Key, Colon, Comma };
    struct Frame {
        char bracket = '[';
        Expect expect = Expect::Value;
        bool afterComma = false;
        bool onlyStrings = true;
        std::uint32_t node = 0; // recorded node + 1, 0: not recorded
        std::uint32_t lastChild = 0; // index + 1
        ByteRange key; // pending key of an object
    };

    void trouble(JsonTrouble::Kind kind, std::uint64_t offset)
    {
        for (auto& known : m_out.m_troubles) {
            if (known.kind == kind) {
                ++known.count;
                return;
            }
        }
        m_out.m_troubles.push_back({kind, offset, 1});
    }

    bool skipSpace()
    {
        const auto start = m_at;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                break;
            }
            ++m_at;
        }
        if (!m_budget.spend(m_at - start + 1)) {
            m_out.m_stoppedEarly = true;
        }
        return m_at < m_text.size();
    }

    void step()
    {
        const char c = m_text[m_at];
        if (m_stack.empty() && m_tops > 0 && c != ',' && m_tops == 1) {
            trouble(JsonTrouble::Kind::TrailingText, m_at);
        }
        switch (c) {
        case '{':
        case '[':
            open(c);
            break;
        case '}':
        case ']':
            closeBracket(c);
            break;
        case ',':
            comma();
            break;
        case ':':
            colon();
            break;
        case '"':
            string();
            break;
        default:
            scalar();
        }
    }

    void beforeValue(bool isString)
    {
        if (m_stack.empty()) {
            ++m_tops;
            return;
        }
        Frame& frame = m_stack.back();
        if (frame.expect == Expect::Comma || frame.expect == Expect::Colon) {
            trouble(JsonTrouble::Kind::MissingSeparator, m_at);
        } else if (frame.expect == Expect::Key && !isString) {
            trouble(JsonTrouble::Kind::UnexpectedText, m_at);
        }
        frame.afterComma = false;
    }

    // Records a value under the open frame; returns node index + 1, or 0 when it is not kept.
    std::uint32_t record(JsonType type, ByteRange value)
    {
        const bool top = m_stack.empty();
        if (!top) {
            Frame& parent = m_stack.back();
            if (type != JsonType::String) {
                parent.onlyStrings = false;
            }
            if (parent.node == 0 || m_stack.size() > m_options.detailDepth) {
                return 0;
            }
            // Elements of an array of scalars are not recorded: lists of strings are regions as a whole.
            if (parent.bracket == '[' && type != JsonType::Object && type != JsonType::Array) {
                m_out.m_nodes[parent.node - 1].opaque = true;
                return 0;
            }
        } else if (!m_out.m_nodes.empty()) {
            return 0; // a second top value: its strings are stray text
        }
        if (m_out.m_nodes.size() >= m_options.maxNodes) {
            m_out.m_stoppedEarly = true;
            return 0;
        }
        JsonNode node;
        node.type = type;
        node.value = value;
        m_out.m_nodes.push_back(node);
        const auto index = static_cast<std::uint32_t>(m_out.m_nodes.size() - 1);
        if (!top) {
            link(index);
        }
        return index + 1;
    }

    void link(std::uint32_t index)
    {
        Frame& parent = m_stack.back();
        JsonNode& node = m_out.m_nodes[index];
        node.parent = parent.node - 1;
        node.key = std::exchange(parent.key, ByteRange{});
        if (parent.lastChild) {
            m_out.m_nodes[parent.lastChild - 1].nextSibling = index;
        } else {
            m_out.m_nodes[parent.node - 1].firstChild = index;
        }
        parent.lastChild = index + 1;
    }

    void afterValue()
    {
        if (!m_stack.empty()) {
            m_stack.back().expect = Expect::Comma;
        }
    }

    void open(char bracket)
    {
        beforeValue(false);
        if (m_stack.size() >= m_options.maxDepth) {
            trouble(JsonTrouble::Kind::TooDeep, m_at);
            skipDeep();
            afterValue();
            return;
        }
        const auto type = bracket == '{' ? JsonType::Object : JsonType::Array;
        const bool stray = m_stack.empty() && !m_out.m_nodes.empty();
        const auto node = record(type, {m_at, m_at});
        if (stray) {
            m_strayTop = m_at;
        }
        Frame frame;
        frame.bracket = bracket;
        frame.expect = bracket == '{' ? Expect::Key : Expect::Value;
        frame.node = node;
        m_stack.push_back(frame);
        ++m_at;
    }

    // Text deeper than any parser takes: found again at the matching bracket, by counting.
    void skipDeep()
    {
        std::uint64_t depth = 0;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '"') {
                m_at = stringEnd(m_at);
            } else {
                ++m_at;
                if (c == '{' || c == '[') {
                    ++depth;
                } else if ((c == '}' || c == ']') && --depth == 0) {
                    return;
                }
            }
            if (!m_budget.spend(1)) {
                m_out.m_stoppedEarly = true;
                return;
            }
        }
    }

    void closeBracket(char bracket)
    {
        const char wanted = bracket == '}' ? '{' : '[';
        const auto match =
            std::find_if(m_stack.rbegin(), m_stack.rend(), [wanted](const Frame& f) { return f.bracket == wanted; });
        if (match == m_stack.rend()) {
            trouble(JsonTrouble::Kind::MismatchedBracket, m_at);
            ++m_at;
            return;
        }
        const auto extra = static_cast<std::size_t>(match - m_stack.rbegin());
        if (extra > 0) {
            trouble(JsonTrouble::Kind::MismatchedBracket, m_at);
        }
        for (std::size_t i = 0; i < extra; ++i) {
            close(m_at);
        }
        Frame& frame = m_stack.back();
        if (frame.afterComma) {
            trouble(JsonTrouble::Kind::TrailingComma, m_at);
        } else if (frame.expect == Expect::Colon || (frame.bracket == '{' && frame.expect == Expect::Value)) {
            trouble(JsonTrouble::Kind::MissingSeparator, m_at);
        }
        ++m_at;
        close(m_at);
    }

    void close(std::uint64_t end)
    {
        const Frame frame = m_stack.back();
        m_stack.pop_back();
        if (frame.node) {
            JsonNode& node = m_out.m_nodes[frame.node - 1];
            node.value.end = end;
            node.stringList = frame.bracket == '[' && frame.onlyStrings;
            node.opaque = node.opaque || (m_stack.size() >= m_options.detailDepth);
        }
        if (m_stack.empty() && m_strayTop) {
            stray({*m_strayTop, end});
            m_strayTop.reset();
        }
        afterValue();
    }

    void comma()
    {
        if (m_stack.empty() || m_stack.back().expect != Expect::Comma) {
            trouble(m_stack.empty() ? JsonTrouble::Kind::TrailingText : JsonTrouble::Kind::UnexpectedText, m_at);
        }
        if (!m_stack.empty()) {
            Frame& frame = m_stack.back();
            frame.expect = frame.bracket == '{' ? Expect::Key : Expect::Value;
            frame.afterComma = true;
            frame.key = {};
        }
        ++m_at;
    }

    void colon()
    {
        if (m_stack.empty() || m_stack.back().expect != Expect::Colon) {
            trouble(JsonTrouble::Kind::UnexpectedText, m_at);
        } else {
            m_stack.back().expect = Expect::Value;
        }
        ++m_at;
    }

    // End (after the closing quote) of the string that starts at `at`. A raw line break ends it: the quote is missing.
    std::uint64_t stringEnd(std::uint64_t at)
    {
        ++at;
        while (true) {
            at = findStringStop(m_text, at);
            if (at >= m_text.size()) {
                trouble(JsonTrouble::Kind::Truncated, m_text.size());
                return m_text.size();
            }
            const char c = m_text[at];
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\') {
                checkEscape(at);
                at = std::min<std::uint64_t>(at + 2, m_text.size());
            } else if (c == '\n' || c == '\r') {
                trouble(JsonTrouble::Kind::UnterminatedString, at);
                return at;
            } else {
                trouble(JsonTrouble::Kind::ControlCharacter, at);
                ++at;
            }
        }
    }

    void checkEscape(std::uint64_t at)
    {
        static constexpr std::string_view known = "\"\\/bfnrtu";
        if (at + 1 < m_text.size() && known.find(m_text[at + 1]) == std::string_view::npos) {
            trouble(JsonTrouble::Kind::BadEscape, at);
        }
    }

    void string()
    {
        const auto start = m_at;
        if (!m_stack.empty() && m_stack.back().expect == Expect::Key) {
            Frame& frame = m_stack.back();
            const auto end = stringEnd(start);
            const bool closed = end > start + 1 && m_text[end - 1] == '"';
            frame.key = {start + 1, closed ? end - 1 : end};
            frame.expect = Expect::Colon;
            frame.afterComma = false;
            m_at = end;
            spend(end - start);
            return;
        }
        beforeValue(true);
        const auto end = stringEnd(start);
        const bool strayString = m_stack.empty() && !m_out.m_nodes.empty();
        record(JsonType::String, {start, end});
        if (strayString) {
            stray({start, end});
        }
        m_at = end;
        spend(end - start);
        afterValue();
    }

    void spend(std::uint64_t bytes)
    {
        if (!m_budget.spend(bytes)) {
            m_out.m_stoppedEarly = true;
        }
    }

    void scalar()
    {
        const auto start = m_at;
        std::uint8_t common = NumberSign; // to all its signs
        while (m_at < m_text.size() && !isDelimiter(m_text[m_at])) {
            common &= kindOf(m_text[m_at++]);
        }
        const auto token = m_text.substr(start, m_at - start);
        const auto whole = token.substr(token.starts_with('-') ? 1 : 0);
        const bool isNumber = common != 0 && !whole.empty() && (kindOf(whole.front()) & Digit) != 0;
        if (isNumber || token == "true" || token == "false" || token == "null") {
            value(start, token);
        } else if (token == "NaN" || token == "Infinity" || token == "-Infinity") {
            trouble(JsonTrouble::Kind::NotANumber, start);
            value(start, token);
        } else {
            strayLine(start);
        }
    }

    void value(std::uint64_t start, std::string_view token)
    {
        const auto end = std::exchange(m_at, start);
        beforeValue(false);
        const bool digit = token[0] == '-' || (token[0] >= '0' && token[0] <= '9');
        record(digit ? JsonType::Number : JsonType::Literal, {start, end});
        m_at = end;
        afterValue();
    }

    // Something that is not JSON: taken to the end of its line as stray text, unless structure starts earlier.
    void strayLine(std::uint64_t start)
    {
        trouble(JsonTrouble::Kind::UnexpectedText, start);
        while (m_at < m_text.size() && m_text[m_at] != '\n' && m_text[m_at] != '"') {
            ++m_at;
        }
        spend(m_at - start);
        stray({start, m_at});
    }

    void stray(ByteRange range)
    {
        m_strayBytes += range.size();
        constexpr std::size_t maxStray = 100'000; // then the last one grows over what lies between: nothing is lost
        auto& list = m_out.m_stray;
        // Neighbouring lines are one range, so that a file that is not JSON at all stays one piece of text.
        if (!list.empty() && range.start - list.back().end <= 2) {
            list.back().end = range.end;
        } else if (list.size() < maxStray) {
            list.push_back(range);
        } else {
            list.back().end = range.end;
        }
    }

    enum : std::uint8_t { Delimiter = 1, NumberSign = 2, Digit = 4 };
    static constexpr std::array<std::uint8_t, 256> kinds = [] {
        std::array<std::uint8_t, 256> table{};
        const auto mark = [&table](std::string_view signs, std::uint8_t kind) {
            for (const char c : signs) {
                table[static_cast<unsigned char>(c)] |= kind;
            }
        };
        mark(",:\"{}[] \n\r\t", Delimiter);
        mark("0123456789+-.eE", NumberSign);
        mark("0123456789", Digit);
        return table;
    }();
    static std::uint8_t kindOf(char c) { return kinds[static_cast<unsigned char>(c)]; }
    static bool isDelimiter(char c) { return (kindOf(c) & Delimiter) != 0; }

    ByteView m_text;
    Budget& m_budget;
    const JsonOutline::Options& m_options;
    JsonOutline& m_out;
    std::uint64_t m_at;
    std::vector<Frame> m_stack;
    std::uint32_t m_tops = 0;
    std::uint64_t m_strayBytes = 0;
    std::optional<std::uint64_t> m_strayTop;
};

JsonOutline JsonOutline::parse(ByteView text, Budget& budget, const Options& options)
{
    JsonOutline out;
    JsonOutlineBuilder(text, budget, options, out).run();
    return out;
}

} // namespace cupel
