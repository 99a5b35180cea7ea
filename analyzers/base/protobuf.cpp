// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/protobuf.h"

#include <algorithm>

namespace cupel {

namespace {

constexpr unsigned mostVarint = 10; // bytes
constexpr std::uint64_t mostNumber = (1U << 29) - 1;
constexpr unsigned groupEnd = 4;

} // namespace

std::string_view toString(ProtoTrouble trouble)
{
    switch (trouble) {
    case ProtoTrouble::None:
        break;
    case ProtoTrouble::Truncated:
        return "it ends inside a field";
    case ProtoTrouble::Length:
        return "a field is longer than the message around it";
    case ProtoTrouble::Varint:
        return "a number is written with too many bytes";
    case ProtoTrouble::Tag:
        return "a field has a number or a type that does not exist";
    case ProtoTrouble::Group:
        return "beginnings and ends of groups do not match";
    }
    return "";
}

bool ProtoReader::fail(ProtoTrouble trouble, std::uint64_t at)
{
    // The head of a longer file ends anywhere.
    if (!(trouble == ProtoTrouble::Truncated && m_end > m_file.size())) {
        m_trouble = trouble;
    }
    m_at = at;
    m_end = at;
    return false;
}

bool ProtoReader::varint(std::uint64_t& at, std::uint64_t& value)
{
    const auto start = at;
    value = 0;
    for (unsigned i = 0; i < mostVarint; ++i) {
        if (at >= readable()) {
            return fail(ProtoTrouble::Truncated, start);
        }
        const auto byte = static_cast<std::uint8_t>(m_file[at++]);
        if (i == mostVarint - 1 && byte > 1) {
            return fail(ProtoTrouble::Varint, start);
        }
        value |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
        if (byte < 0x80) {
            return true;
        }
    }
    return fail(ProtoTrouble::Varint, start);
}

// Skipped to its end with the numbers of the open ones at hand.
bool ProtoReader::group(std::uint64_t& at, ProtoField& field)
{
    const auto start = at;
    std::vector<std::uint32_t> open{field.number};
    while (true) {
        const auto tagAt = at;
        std::uint64_t tag = 0;
        if (!varint(at, tag)) {
            return false;
        }
        const auto number = static_cast<std::uint32_t>(tag >> 3);
        const auto wire = static_cast<unsigned>(tag & 7);
        if (wire == groupEnd) {
            if (open.back() != number) {
                return fail(ProtoTrouble::Group, tagAt);
            }
            open.pop_back();
            if (open.empty()) {
                field.bytes = {start, tagAt};
                return true;
            }
        } else if (wire == static_cast<unsigned>(ProtoWire::Group)) {
            if (open.size() >= mostGroups) {
                return fail(ProtoTrouble::Group, tagAt);
            }
            open.push_back(number);
        } else {
            ProtoField inner;
            if (!content(at, wire, inner)) {
                return false;
            }
        }
    }
}

bool ProtoReader::content(std::uint64_t& at, unsigned wire, ProtoField& field)
{
    const auto start = at;
    switch (wire) {
    case 0:
        if (!varint(at, field.value)) {
            return false;
        }
        field.bytes = {start, at};
        return true;
    case 1:
    case 5: {
        const std::uint64_t width = wire == 1 ? 8 : 4;
        if (m_end - at < width || at + width > readable()) {
            return fail(ProtoTrouble::Truncated, start);
        }
        field.value = 0;
        for (std::uint64_t i = 0; i < width; ++i) {
            field.value |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(m_file[at + i])) << (8 * i);
        }
        at += width;
        field.bytes = {start, at};
        return true;
    }
    case 2: {
        std::uint64_t length = 0;
        if (!varint(at, length)) {
            return false;
        }
        if (length > m_end - at) {
            return fail(m_end == m_file.size() ? ProtoTrouble::Truncated : ProtoTrouble::Length, start);
        }
        field.bytes = {at, at + length};
        at += length;
        return true;
    }
    default:
        return fail(wire == groupEnd ? ProtoTrouble::Group : ProtoTrouble::Tag, start);
    }
}

bool ProtoReader::next(ProtoField& field)
{
    if (m_at >= readable()) {
        return false;
    }
    auto at = m_at;
    std::uint64_t tag = 0;
    if (!varint(at, tag)) {
        return false;
    }
    const auto wire = static_cast<unsigned>(tag & 7);
    if ((tag >> 3) == 0 || (tag >> 3) > mostNumber) {
        return fail(ProtoTrouble::Tag, m_at);
    }
    field.number = static_cast<std::uint32_t>(tag >> 3);
    field.start = m_at;
    field.value = 0;
    if (wire == static_cast<unsigned>(ProtoWire::Group) ? !group(at, field) : !content(at, wire, field)) {
        return false;
    }
    field.wire = static_cast<ProtoWire>(wire);
    m_at = at;
    return true;
}

bool nextPacked(ByteView file, std::uint64_t& at, std::uint64_t end, std::uint64_t& value)
{
    value = 0;
    for (unsigned i = 0; i < mostVarint && at < std::min<std::uint64_t>(end, file.size()); ++i) {
        const auto byte = static_cast<std::uint8_t>(file[at++]);
        value |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
        if (byte < 0x80) {
            return true;
        }
    }
    return false;
}

ByteRange lastBytes(ByteView file, ByteRange message, std::uint32_t field)
{
    ByteRange last;
    ProtoReader reader(file, message);
    for (ProtoField one; reader.next(one);) {
        if (one.number == field && one.wire == ProtoWire::Bytes) {
            last = one.bytes;
        }
    }
    return last;
}

std::uint64_t lastNumber(ByteView file, ByteRange message, std::uint32_t field, std::uint64_t otherwise)
{
    ProtoReader reader(file, message);
    for (ProtoField one; reader.next(one);) {
        if (one.number == field && one.wire != ProtoWire::Bytes && one.wire != ProtoWire::Group) {
            otherwise = one.value;
        }
    }
    return otherwise;
}

ProtoWalk::ProtoWalk(ByteView file, std::span<const ProtoShape> shapes, Budget& budget)
    : m_file(file)
    , m_budget(budget)
{
    for (const auto& shape : shapes) {
        m_children.at(shape.message).at(shape.field) = shape.child;
    }
}

void ProtoWalk::push(std::uint8_t kind, ByteRange bytes)
{
    if (m_pushed.size() >= mostPushed) {
        m_tooDeepAt = m_tooDeepAt == 0 ? bytes.start : m_tooDeepAt;
        return;
    }
    m_pushed.push_back({kind, m_stack.empty() ? std::uint8_t{0} : m_stack.back().kind, m_stack.size(), bytes});
}

bool ProtoWalk::next(ProtoMessage& message)
{
    const auto enter = [&](std::uint8_t kind, std::uint8_t parent, ByteRange bytes) {
        if (m_stack.size() >= mostDepth) {
            m_tooDeepAt = m_tooDeepAt == 0 ? bytes.start : m_tooDeepAt;
            return false;
        }
        m_stack.push_back({kind, ProtoReader(m_file, bytes), bytes});
        message = {kind, parent, m_stack.size(), bytes};
        return true;
    };
    while (true) {
        // What a text of a message holds comes before the rest of that message.
        if (!m_pushed.empty() && m_pushed.back().depth == m_stack.size()) {
            const auto pushed = m_pushed.back();
            m_pushed.pop_back();
            if (enter(pushed.kind, pushed.parent, pushed.bytes)) {
                return true;
            }
            continue;
        }
        if (m_stack.empty()) {
            return false;
        }
        auto& top = m_stack.back();
        ProtoField field;
        const bool any = top.reader.next(field);
        if (!m_budget.spend(field.costs())) {
            m_stopped = true;
            return false;
        }
        if (!any) {
            if (top.reader.trouble() != ProtoTrouble::None && m_trouble.kind == ProtoTrouble::None) {
                m_trouble = {top.reader.trouble(), top.reader.at(), top.bytes, top.kind};
            }
            m_stack.pop_back();
            continue;
        }
        const auto child = field.number < mostFields ? m_children[top.kind][field.number] : std::uint8_t{0};
        if (child != 0 && (field.wire == ProtoWire::Bytes || field.wire == ProtoWire::Group)
            && enter(child, top.kind, field.bytes)) {
            return true;
        }
    }
}

} // namespace cupel
