// SPDX-License-Identifier: GPL-3.0-or-later
// Writes JSON piece by piece: constant memory, keys in the order they are given, always valid UTF-8. The caller keeps
// the nesting right; the structure is the program's own, never the input's.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::report {

// Takes finished text in pieces. What goes wrong while writing is the sink's business.
using TextSink = std::function<void(std::string_view)>;

class JsonStream {
public:
    enum class Layout : std::uint8_t { Indented, OneLine };

    JsonStream(TextSink sink, Layout layout);
    ~JsonStream(); // passes on what is left
    JsonStream(const JsonStream&) = delete;
    JsonStream& operator=(const JsonStream&) = delete;

    void beginObject();
    void endObject();
    void beginArray();
    void endArray();
    void key(std::string_view name);
    void string(std::string_view value); // invalid UTF-8 becomes U+FFFD
    void number(std::uint64_t value);
    void number(std::int64_t value);
    void fixed(double value, int decimals);
    void real(double value); // as short as it can be read back; null: no finite number
    void boolean(bool value);
    void null();
    void raw(std::string_view json); // a finished scalar that is known to be JSON: a number as it was read
    void newline(); // after a finished document or line
    void flush();

    void field(std::string_view name, std::string_view value);
    void field(std::string_view name, const char* value) { field(name, std::string_view(value)); }
    void field(std::string_view name, const std::string& value) { field(name, std::string_view(value)); }
    void field(std::string_view name, std::uint64_t value);
    void field(std::string_view name, std::int64_t value);
    void field(std::string_view name, std::uint32_t value) { field(name, std::uint64_t{value}); }
    void field(std::string_view name, int value) { field(name, std::int64_t{value}); }
    void field(std::string_view name, bool value);
    void field(std::string_view name, const std::vector<std::string>& values);
    template <typename T> void field(std::string_view name, const std::optional<T>& value)
    {
        value ? field(name, *value) : nullField(name);
    }
    void nullField(std::string_view name);
    void objectField(std::string_view name);
    void arrayField(std::string_view name);

private:
    void beforeValue();
    void open(char bracket);
    void close(char bracket);
    void breakLine();

    struct Level {
        bool empty = true;
    };
    TextSink m_sink;
    Layout m_layout;
    std::string m_buffer;
    std::vector<Level> m_levels;
    bool m_afterKey = false;
};

} // namespace cupel::report
