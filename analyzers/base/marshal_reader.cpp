// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/marshal_reader.h"

#include "analyzers/base/utf8.h"

#include <algorithm>
#include <optional>

namespace cupel {

namespace {

constexpr std::size_t mostDepth = 2'000; // as CPython has it
constexpr std::size_t mostObjects = 4'000'000;
constexpr std::size_t mostShared = 1'000'000;
constexpr std::uint8_t sharedFlag = 0x80;
constexpr unsigned slotsBeforeLine = 8; // objects of a code object in front of its first line number

// Slots of code objects that hold what is wanted; the same in all versions.
enum class Place : std::uint8_t { Other, Constants, Names };

struct Frame {
    std::uint8_t type; // of the object whose parts are read
    std::uint64_t left; // parts still to come; dictionaries end by themselves
    unsigned slot = 0; // of a code object
    bool newLayout = false; // of 3.11 and later: ten objects instead of nine
    bool lineRead = false;
    Place place = Place::Other;
};

struct Shared {
    std::uint8_t type = 0;
    ByteView text;
};

class Reader {
public:
    explicit Reader(ByteView bytes)
        : m_bytes(bytes)
    {
    }

    MarshalledCode run()
    {
        if (m_bytes.empty() || (static_cast<std::uint8_t>(m_bytes[0]) & 0x7F) != 'c') {
            return {};
        }
        std::size_t objects = 0;
        bool fine = object();
        while (fine && !m_stack.empty() && ++objects < mostObjects) {
            fine = step();
        }
        m_out.complete = fine && m_stack.empty();
        return std::move(m_out);
    }

private:
    bool step()
    {
        auto& top = m_stack.back();
        if (top.type == 'c' && top.slot == slotsBeforeLine && !top.lineRead) {
            top.lineRead = true;
            return skip(4);
        }
        const bool done = top.type == 'c' ? top.slot == (top.newLayout ? 10U : 9U) : top.type != '{' && top.left == 0;
        if (done) {
            m_stack.pop_back();
            return true;
        }
        if (top.type == 'c') {
            ++top.slot;
            top.place = top.slot == 2 ? Place::Constants : top.slot == 3 ? Place::Names : Place::Other;
            m_kindsSlot = top.slot == 5; // bytes since 3.11, a tuple before
        } else if (top.type != '{') {
            --top.left;
        }
        return object();
    }

    std::optional<std::uint64_t> number(unsigned width)
    {
        if (m_bytes.size() - m_at < width) {
            return std::nullopt;
        }
        std::uint64_t value = 0;
        for (unsigned i = 0; i < width; ++i) {
            value |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(m_bytes[m_at++])) << (8 * i);
        }
        return value;
    }

    bool skip(std::uint64_t count)
    {
        if (m_bytes.size() - m_at < count) {
            return false;
        }
        m_at += count;
        return true;
    }

    bool open(std::uint8_t type, std::uint64_t parts)
    {
        const auto place = m_stack.empty() ? Place::Other : m_stack.back().place;
        if (m_stack.size() >= mostDepth || parts > m_bytes.size()) {
            return false;
        }
        m_stack.push_back({type, parts, 0, false, false, type == 'c' ? Place::Other : place});
        return true;
    }

    void keep(ByteView text)
    {
        const auto place = m_stack.empty() ? Place::Other : m_stack.back().place;
        if (place == Place::Other || text.empty()) {
            return;
        }
        auto& list = place == Place::Names ? m_out.names : m_out.texts;
        auto shown = toDisplay(text, MarshalledCode::longestText);
        if (list.size() < MarshalledCode::mostNames && std::find(list.begin(), list.end(), shown) == list.end()) {
            list.push_back(std::move(shown));
        }
    }

    bool text(unsigned width, std::uint8_t type)
    {
        const auto size = number(width);
        const auto start = m_at;
        if (!size || !skip(*size)) {
            return false;
        }
        const auto written = m_bytes.substr(start, *size);
        if (m_isShared) {
            m_shared.back().text = written;
        }
        if (type == 't' && m_interned.size() < mostShared) {
            m_interned.push_back(written);
        }
        keep(written);
        return true;
    }

    // What stands there as a number only: a text that came before counts like one that stands there.
    bool reference(bool ofPython2)
    {
        const auto index = number(4);
        if (index && ofPython2 && *index < m_interned.size()) {
            keep(m_interned[*index]);
        } else if (index && !ofPython2 && *index < m_shared.size()) {
            keep(m_shared[*index].text);
        }
        return index.has_value();
    }

    // The numbers in front of a code object's parts: four in Python 2, six in 3.8 to 3.10, five else. The bytes of the
    // code follow, or a reference to such.
    bool code()
    {
        for (const std::uint64_t count : {std::uint64_t{5}, std::uint64_t{6}, std::uint64_t{4}}) {
            const auto at = m_at + count * 4;
            const auto next = at < m_bytes.size() ? static_cast<std::uint8_t>(m_bytes[at]) & 0x7F : 0;
            if (next == 's' && m_bytes.size() - at >= 5) {
                const auto before = m_at;
                m_at = at + 1;
                const auto size = number(4);
                m_at = before;
                if (size && *size <= m_bytes.size() - at - 5) {
                    m_at = at;
                    ++m_out.codeObjects;
                    return open('c', 0);
                }
            }
        }
        return false;
    }

    bool object()
    {
        const auto first = number(1);
        if (!first) {
            return false;
        }
        const auto type = static_cast<std::uint8_t>(*first & 0x7F);
        m_isShared = (*first & sharedFlag) != 0 && m_shared.size() < mostShared;
        if (m_isShared) {
            m_shared.push_back({type, {}});
        }
        if (m_kindsSlot) {
            m_kindsSlot = false;
            noteLayout(type);
        }
        return scalar(type);
    }

    void noteLayout(std::uint8_t type)
    {
        if (type == 'r' && m_bytes.size() - m_at >= 4) {
            const auto before = m_at;
            const auto index = *number(4);
            m_at = before;
            type = index < m_shared.size() ? m_shared[index].type : type;
        }
        m_stack.back().newLayout = type == 's';
    }

    bool scalar(std::uint8_t type)
    {
        switch (type) {
        case 'N':
        case 'F':
        case 'T':
        case 'S':
        case '.':
            return true;
        case '0': // ends a dictionary
            if (m_stack.empty() || m_stack.back().type != '{') {
                return false;
            }
            m_stack.pop_back();
            return true;
        case 'i':
            return skip(4);
        case 'r':
        case 'R':
            return reference(type == 'R');
        case 'I':
        case 'g':
            return skip(8);
        case 'y':
            return skip(16);
        case 'f':
        case 'x':
            return floats(type == 'f' ? 1 : 2);
        case 'l':
            return longNumber();
        default:
            return container(type);
        }
    }

    bool floats(unsigned count)
    {
        for (; count > 0; --count) {
            const auto size = number(1);
            if (!size || !skip(*size)) {
                return false;
            }
        }
        return true;
    }

    bool longNumber()
    {
        const auto count = number(4);
        if (!count) {
            return false;
        }
        const auto digits = static_cast<std::int32_t>(*count);
        return skip(2 * static_cast<std::uint64_t>(digits < 0 ? -static_cast<std::int64_t>(digits) : digits));
    }

    bool container(std::uint8_t type)
    {
        switch (type) {
        case 's':
        case 't':
        case 'u':
        case 'a':
        case 'A':
            return text(4, type);
        case 'z':
        case 'Z':
            return text(1, type);
        case ')': {
            const auto parts = number(1);
            return parts && open(type, *parts);
        }
        case '(':
        case '[':
        case '<':
        case '>': {
            const auto parts = number(4);
            return parts && open(type, *parts);
        }
        case ':': // slice, since 3.14
            return open(type, 3);
        case '{':
            return open(type, 0);
        case 'c':
            return code();
        default:
            return false;
        }
    }

    ByteView m_bytes;
    std::uint64_t m_at = 0;
    std::vector<Frame> m_stack;
    std::vector<Shared> m_shared; // what may be referred to
    std::vector<ByteView> m_interned; // the same in Python 2, texts only
    bool m_isShared = false; // the object that is read
    bool m_kindsSlot = false;
    MarshalledCode m_out;
};

} // namespace

MarshalledCode readMarshalledCode(ByteView bytes)
{
    return Reader(bytes).run();
}

} // namespace cupel
