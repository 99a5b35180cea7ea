// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/json_stream.h"

#include "analyzers/report/writers/text_unicode.h"

#include <charconv>
#include <cmath>

namespace cupel::report {

namespace {

constexpr std::size_t flushSize = 64 << 10;

void appendEscaped(std::string& out, std::uint32_t value)
{
    switch (value) {
    case '"':
        out.append("\\\"");
        return;
    case '\\':
        out.append("\\\\");
        return;
    case '\n':
        out.append("\\n");
        return;
    case '\r':
        out.append("\\r");
        return;
    case '\t':
        out.append("\\t");
        return;
    default:
        break;
    }
    // C1 controls, DEL and the two separators that end a line in JavaScript are harmless in JSON, not in a terminal.
    if (value < 0x20 || (value >= 0x7F && value < 0xA0) || value == 0x2028 || value == 0x2029) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.push_back("0123456789abcdef"[(value >> static_cast<unsigned>(shift)) & 15U]);
        }
        return;
    }
    appendUtf8(out, value);
}

template <typename T> void appendNumber(std::string& out, T value)
{
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

} // namespace

JsonStream::JsonStream(TextSink sink, Layout layout)
    : m_sink(std::move(sink))
    , m_layout(layout)
{
}

JsonStream::~JsonStream()
{
    flush();
}

void JsonStream::flush()
{
    if (!m_buffer.empty()) {
        m_sink(m_buffer);
        m_buffer.clear();
    }
}

void JsonStream::breakLine()
{
    if (m_layout == Layout::Indented) {
        m_buffer.push_back('\n');
        m_buffer.append(m_levels.size() * 2, ' ');
    }
}

void JsonStream::beforeValue()
{
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (m_levels.empty()) {
        return;
    }
    if (!m_levels.back().empty) {
        m_buffer.append(m_layout == Layout::Indented ? "," : ", ");
    }
    m_levels.back().empty = false;
    breakLine();
    if (m_buffer.size() >= flushSize) {
        flush();
    }
}

void JsonStream::open(char bracket)
{
    beforeValue();
    m_buffer.push_back(bracket);
    m_levels.emplace_back();
}

void JsonStream::close(char bracket)
{
    const bool empty = m_levels.back().empty;
    m_levels.pop_back();
    if (!empty) {
        breakLine();
    }
    m_buffer.push_back(bracket);
}

void JsonStream::beginObject()
{
    open('{');
}
void JsonStream::endObject()
{
    close('}');
}
void JsonStream::beginArray()
{
    open('[');
}
void JsonStream::endArray()
{
    close(']');
}

void JsonStream::key(std::string_view name)
{
    string(name);
    m_buffer.append(": ");
    m_afterKey = true;
}

void JsonStream::string(std::string_view value)
{
    beforeValue();
    m_buffer.push_back('"');
    for (std::size_t at = 0; at < value.size();) {
        const CodePoint point = decodeUtf8(value, at);
        appendEscaped(m_buffer, point.value);
        at += point.length;
    }
    m_buffer.push_back('"');
}

void JsonStream::number(std::uint64_t value)
{
    beforeValue();
    appendNumber(m_buffer, value);
}

void JsonStream::number(std::int64_t value)
{
    beforeValue();
    appendNumber(m_buffer, value);
}

void JsonStream::fixed(double value, int decimals)
{
    beforeValue();
    char digits[64];
    const auto result = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, decimals);
    m_buffer.append(digits, result.ptr);
}

void JsonStream::real(double value)
{
    beforeValue();
    char digits[64];
    const auto result = std::to_chars(digits, digits + sizeof digits, value);
    std::isfinite(value) ? m_buffer.append(digits, result.ptr) : m_buffer.append("null");
}

void JsonStream::boolean(bool value)
{
    beforeValue();
    m_buffer.append(value ? "true" : "false");
}

void JsonStream::raw(std::string_view json)
{
    beforeValue();
    m_buffer.append(json);
}

void JsonStream::null()
{
    beforeValue();
    m_buffer.append("null");
}

void JsonStream::newline()
{
    m_buffer.push_back('\n');
}

void JsonStream::field(std::string_view name, std::string_view value)
{
    key(name);
    string(value);
}

void JsonStream::field(std::string_view name, std::uint64_t value)
{
    key(name);
    number(value);
}

void JsonStream::field(std::string_view name, std::int64_t value)
{
    key(name);
    number(value);
}

void JsonStream::field(std::string_view name, bool value)
{
    key(name);
    boolean(value);
}

void JsonStream::field(std::string_view name, const std::vector<std::string>& values)
{
    arrayField(name);
    for (const auto& value : values) {
        string(value);
    }
    endArray();
}

void JsonStream::nullField(std::string_view name)
{
    key(name);
    null();
}

void JsonStream::objectField(std::string_view name)
{
    key(name);
    beginObject();
}

void JsonStream::arrayField(std::string_view name)
{
    key(name);
    beginArray();
}

} // namespace cupel::report
