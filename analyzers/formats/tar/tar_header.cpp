// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/tar/tar_header.h"

namespace cupel::formats::tar {

namespace {

using namespace std::string_view_literals;

struct Field {
    std::uint64_t at;
    std::uint64_t size;
};
constexpr Field nameField{0, 100};
constexpr Field modeField{100, 8};
constexpr Field sizeField{124, 12};
constexpr Field checksumField{148, 8};
constexpr std::uint64_t typeField = 156;
constexpr Field linkField{157, 100};
constexpr Field magicField{257, 8};
constexpr Field prefixField{345, 155};
constexpr std::uint64_t gnuExtendedField = 482;

ByteView field(ByteView block, Field place)
{
    return block.substr(place.at, place.size);
}

ByteView text(ByteView block, Field place)
{
    const auto all = field(block, place);
    return all.substr(0, all.find('\0'));
}

// The sum of all bytes with blanks in place of the sum itself. Some old programs added signed bytes.
bool hasChecksum(ByteView block)
{
    const auto written = readNumber(field(block, checksumField));
    std::uint64_t plain = 0;
    std::int64_t withSign = 0;
    for (std::uint64_t i = 0; i < blockSize; ++i) {
        const bool own = i >= checksumField.at && i < checksumField.at + checksumField.size;
        const auto byte = own ? static_cast<unsigned char>(' ') : static_cast<unsigned char>(block[i]);
        plain += byte;
        withSign += static_cast<signed char>(byte);
    }
    return written && (*written == plain || static_cast<std::int64_t>(*written) == withSign);
}

} // namespace

std::optional<std::uint64_t> readNumber(ByteView field)
{
    if (!field.empty() && (static_cast<unsigned char>(field[0]) & 0x80) != 0) {
        std::uint64_t value = static_cast<unsigned char>(field[0]) & 0x7FU;
        for (const char c : field.substr(1)) {
            if (value >> 55 != 0) {
                return {}; // negative, or more than 63 bits
            }
            value = value << 8 | static_cast<unsigned char>(c);
        }
        return value;
    }
    const auto start = field.find_first_not_of(" \0"sv);
    if (start == ByteView::npos) {
        return 0;
    }
    std::uint64_t value = 0;
    auto at = start;
    for (; at < field.size() && field[at] >= '0' && field[at] <= '7'; ++at) {
        value = value << 3 | static_cast<std::uint64_t>(field[at] - '0');
    }
    const auto rest = field.substr(at);
    if (at == start || rest.find_first_not_of(" \0"sv) != ByteView::npos) {
        return {};
    }
    return value;
}

std::optional<Header> readHeader(ByteView bytes, std::uint64_t at)
{
    if (at > bytes.size() || bytes.size() - at < blockSize) {
        return {};
    }
    const auto block = bytes.substr(at, blockSize);
    Header out;
    out.at = at;
    const auto magic = field(block, magicField);
    out.magic = magic.starts_with("ustar\0"sv) ? Magic::Posix
        : magic.starts_with("ustar "sv)        ? Magic::Gnu
                                               : Magic::None;
    const auto name = text(block, nameField);
    out.namePlace = {at, at + name.size()};
    const auto prefix = out.magic == Magic::Posix ? text(block, prefixField) : ByteView();
    out.name = prefix.empty() ? std::string(name) : std::string(prefix) + '/' + std::string(name);
    out.link = text(block, linkField);
    const auto size = readNumber(field(block, sizeField));
    out.sizeKnown = size.has_value();
    out.size = size.value_or(0);
    out.mode = static_cast<std::uint32_t>(readNumber(field(block, modeField)).value_or(0));
    out.type = block[typeField] == '\0' ? '0' : block[typeField];
    out.checksum = hasChecksum(block);
    out.extended = out.magic == Magic::Gnu && out.type == 'S' && block[gnuExtendedField] != '\0';
    return out;
}

bool isZeroBlock(ByteView bytes, std::uint64_t at)
{
    const auto block = slice(bytes, {at, at + blockSize});
    return !block.empty() && block.find_first_not_of('\0') == ByteView::npos;
}

bool looksLikeHeader(ByteView bytes, std::uint64_t at)
{
    const auto header = readHeader(bytes, at);
    return header && header->checksum && !isZeroBlock(bytes, at)
        && (!header->name.empty() || header->magic != Magic::None);
}

} // namespace cupel::formats::tar
