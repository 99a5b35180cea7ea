// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/npy/npy_header.h"

#include <algorithm>
#include <charconv>

namespace cupel::formats::npy {

namespace {

constexpr unsigned deepest = 32; // nested dtypes and brackets
constexpr std::uint64_t longestHeader = 1 << 20;

struct Token {
    enum class Kind : std::uint8_t { End, Sign, Text, Number, Word, Wrong };
    Kind kind = Kind::End;
    char sign = 0;
    std::string text;
};

class Tokens {
public:
    explicit Tokens(ByteView text)
        : m_text(text)
    {
        next();
    }

    [[nodiscard]] const Token& now() const { return m_now; }
    [[nodiscard]] bool isSign(char sign) const { return m_now.kind == Token::Kind::Sign && m_now.sign == sign; }
    bool takeSign(char sign)
    {
        if (!isSign(sign)) {
            return false;
        }
        next();
        return true;
    }

    void next()
    {
        m_at = std::min(m_text.find_first_not_of(" \t\r\n", m_at), m_text.size());
        m_now = {};
        if (m_at >= m_text.size()) {
            return;
        }
        const char c = m_text[m_at];
        if (ByteView("{}()[],:").find(c) != ByteView::npos) {
            m_now = {Token::Kind::Sign, c, {}};
            ++m_at;
        } else if (c == '\'' || c == '"') {
            text(c);
        } else if ((c >= '0' && c <= '9') || c == '-') {
            word(Token::Kind::Number, "0123456789-L");
        } else if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
            // Python 2 wrote u'' and b''.
            if ((c == 'u' || c == 'b') && m_at + 1 < m_text.size()
                && (m_text[m_at + 1] == '\'' || m_text[m_at + 1] == '"')) {
                ++m_at;
                text(m_text[m_at]);
            } else {
                word(Token::Kind::Word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
            }
        } else {
            m_now.kind = Token::Kind::Wrong;
        }
    }

private:
    void text(char quote)
    {
        m_now.kind = Token::Kind::Wrong;
        for (auto i = m_at + 1; i < m_text.size(); ++i) {
            if (m_text[i] == '\\' && i + 1 < m_text.size()) {
                m_now.text += m_text[++i];
            } else if (m_text[i] == quote) {
                m_now.kind = Token::Kind::Text;
                m_at = i + 1;
                return;
            } else {
                m_now.text += m_text[i];
            }
        }
    }

    void word(Token::Kind kind, std::string_view letters)
    {
        const auto end = std::min(m_text.find_first_not_of(letters, m_at), m_text.size());
        m_now.kind = kind;
        m_now.text = std::string(m_text.substr(m_at, end - m_at));
        m_at = end;
    }

    ByteView m_text;
    std::size_t m_at = 0;
    Token m_now;
};

bool toNumber(std::string_view text, std::uint64_t& out)
{
    text = text.ends_with('L') ? text.substr(0, text.size() - 1) : text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size();
}

bool times(std::uint64_t& total, std::uint64_t factor)
{
    return !__builtin_mul_overflow(total, factor, &total);
}

class HeaderReader {
public:
    HeaderReader(ByteView text, Header& out)
        : m_tokens(text)
        , m_out(out)
    {
    }

    bool run()
    {
        if (!m_tokens.takeSign('{')) {
            return false;
        }
        while (!m_tokens.takeSign('}')) {
            if (m_tokens.now().kind != Token::Kind::Text) {
                return false;
            }
            const auto key = m_tokens.now().text;
            m_tokens.next();
            if (!m_tokens.takeSign(':') || !value(key)) {
                return false;
            }
            if (!m_tokens.takeSign(',') && !m_tokens.isSign('}')) {
                return false;
            }
        }
        return m_hasType && m_hasShape && m_tokens.now().kind == Token::Kind::End;
    }

private:
    bool value(std::string_view key)
    {
        if (key == "descr" && !m_hasType) {
            m_out.dtype = m_tokens.now().kind == Token::Kind::Text ? m_tokens.now().text : "structured";
            m_hasType = true;
            return type(m_out.itemSize, 0);
        }
        if (key == "shape" && !m_hasShape) {
            m_hasShape = true;
            return shape(m_out.shape);
        }
        if (key == "fortran_order") {
            m_out.fortranOrder = m_tokens.now().text == "True";
            const bool fine = m_tokens.now().kind == Token::Kind::Word;
            m_tokens.next();
            return fine;
        }
        return false;
    }

    bool shape(std::vector<std::uint64_t>& out)
    {
        if (m_tokens.now().kind == Token::Kind::Number) { // (3) is 3
            out.emplace_back();
            const bool fine = toNumber(m_tokens.now().text, out.back());
            m_tokens.next();
            return fine;
        }
        if (!m_tokens.takeSign('(')) {
            return false;
        }
        while (!m_tokens.takeSign(')')) {
            out.emplace_back();
            if (m_tokens.now().kind != Token::Kind::Number || !toNumber(m_tokens.now().text, out.back())
                || out.size() > 64) {
                return false;
            }
            m_tokens.next();
            if (!m_tokens.takeSign(',') && !m_tokens.isSign(')')) {
                return false;
            }
        }
        return true;
    }

    // "<f8", ("<f8", (2, 3)), [("x", "<f8"), ("y", "|O", (2,))] ...
    bool type(std::uint64_t& size, unsigned depth)
    {
        if (depth > deepest) {
            return false;
        }
        if (m_tokens.now().kind == Token::Kind::Text) {
            const bool fine = plainType(m_tokens.now().text, size);
            m_tokens.next();
            return fine;
        }
        if (m_tokens.takeSign('(')) {
            std::vector<std::uint64_t> repeat;
            if (!type(size, depth + 1) || (m_tokens.takeSign(',') && !m_tokens.isSign(')') && !shape(repeat))) {
                return false;
            }
            return std::all_of(repeat.begin(), repeat.end(), [&size](auto count) { return times(size, count); })
                && m_tokens.takeSign(')');
        }
        return m_tokens.takeSign('[') && fields(size, depth);
    }

    bool fields(std::uint64_t& size, unsigned depth)
    {
        size = 0;
        while (!m_tokens.takeSign(']')) {
            std::uint64_t one = 0;
            if (!field(one, depth + 1) || __builtin_add_overflow(size, one, &size)) {
                return false;
            }
            if (!m_tokens.takeSign(',') && !m_tokens.isSign(']')) {
                return false;
            }
        }
        return true;
    }

    bool field(std::uint64_t& size, unsigned depth)
    {
        if (!m_tokens.takeSign('(')) {
            return false;
        }
        if (m_tokens.takeSign('(')) { // (title, name)
            while (!m_tokens.takeSign(')')) {
                if (m_tokens.now().kind == Token::Kind::End || m_tokens.now().kind == Token::Kind::Wrong) {
                    return false;
                }
                m_tokens.next();
            }
        } else if (m_tokens.now().kind == Token::Kind::Text) {
            m_tokens.next();
        } else {
            return false;
        }
        std::vector<std::uint64_t> repeat;
        if (!m_tokens.takeSign(',') || !type(size, depth)
            || (m_tokens.takeSign(',') && !m_tokens.isSign(')') && !shape(repeat))) {
            return false;
        }
        return std::all_of(repeat.begin(), repeat.end(), [&size](auto count) { return times(size, count); })
            && m_tokens.takeSign(')');
    }

    bool plainType(std::string_view name, std::uint64_t& size)
    {
        const auto start = name.find_first_not_of("<>|=");
        if (start == std::string_view::npos) {
            return false;
        }
        const char kind = name[start];
        if (kind == 'O') {
            m_out.objects = true;
            size = 8;
            return true;
        }
        auto digits = name.substr(start + 1);
        digits = digits.substr(0, digits.find('[')); // M8[ns]
        std::uint64_t count = 0;
        const bool counted = digits.empty() ? kind == '?' : toNumber(digits, count);
        size = kind == 'U' ? count * 4 : kind == '?' ? 1 : count;
        return counted && count <= (1ULL << 40)
            && std::string_view("?biufcmMSUVa").find(kind) != std::string_view::npos;
    }

    Tokens m_tokens;
    Header& m_out;
    bool m_hasType = false;
    bool m_hasShape = false;
};

} // namespace

namespace {

struct Frame {
    ByteRange literal;
    ErrorCode code = ErrorCode::Malformed;
    std::string_view problem; // empty: there is none
};

Frame frameAt(ByteView bytes, std::uint64_t at)
{
    constexpr std::uint64_t prefix = 8; // magic and version
    const auto left = bytes.size() - std::min<std::uint64_t>(at, bytes.size());
    if (left < prefix + 4) {
        return {{}, ErrorCode::Truncated, "the header is cut off"};
    }
    const auto byte = [&](std::uint64_t i) { return std::uint64_t{static_cast<unsigned char>(bytes[at + i])}; };
    const auto version = byte(6);
    if (version < 1 || version > 3) {
        return {{}, ErrorCode::Unsupported, "the version of the array format is not known"};
    }
    const std::uint64_t wide = version == 1 ? 2 : 4;
    const auto length =
        version == 1 ? byte(8) | (byte(9) << 8) : byte(8) | (byte(9) << 8) | (byte(10) << 16) | (byte(11) << 24);
    if (length > left - prefix - wide || length > longestHeader) {
        return {{}, ErrorCode::Malformed, "the header is longer than the file or a megabyte"};
    }
    const auto start = at + prefix + wide;
    return {{start, start + length}, ErrorCode::Malformed, {}};
}

} // namespace

std::uint64_t dataStart(ByteView bytes, std::uint64_t at)
{
    return frameAt(bytes, at).literal.end;
}

Result<Header> readHeader(ByteView bytes, std::uint64_t at)
{
    const auto frame = frameAt(bytes, at);
    if (!frame.problem.empty()) {
        return Error{frame.code, at, std::string(frame.problem)};
    }
    Header header;
    if (!HeaderReader(slice(bytes, frame.literal), header).run()) {
        return Error{ErrorCode::Malformed, at, "the header is not the literal it has to be"};
    }
    header.dataStart = frame.literal.end;
    header.dataSize = header.itemSize;
    for (const auto count : header.shape) {
        if (!times(header.dataSize, count)) {
            return Error{ErrorCode::Malformed, at, "the shape has more elements than can be counted"};
        }
    }
    return header;
}

} // namespace cupel::formats::npy
