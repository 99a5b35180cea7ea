// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/zip/zip_directory.h"

#include <string_view>

namespace cupel::formats::zip {

namespace {

using namespace std::string_view_literals;

constexpr auto entrySign = "PK\1\2"sv;
constexpr auto endSign = "PK\5\6"sv;
constexpr std::uint64_t entrySize = 46; // APPNOTE 4.3.12, without name, extra field and comment

// Little-endian; 0 outside of the file.
std::uint64_t number(ByteView bytes, std::uint64_t at, unsigned width)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width && at + i < bytes.size(); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

} // namespace

DirectoryPlaces::DirectoryPlaces(ByteView bytes)
    : m_bytes(bytes)
{
    // The directory's offset saves a search through the members; where it is wrong (or in a zip64) they are searched.
    constexpr std::uint64_t offsetField = 16;
    const auto end = bytes.rfind(endSign);
    const auto offset = end == ByteView::npos ? 0 : number(bytes, end + offsetField, 4);
    m_at = slice(bytes, {offset, offset + entrySign.size()}) == entrySign ? offset : 0;
}

DirectoryPlaces::Entry DirectoryPlaces::next(ByteView name)
{
    for (auto at = m_bytes.find(entrySign, m_at); at != ByteView::npos; at = m_bytes.find(entrySign, at + 1)) {
        const auto nameEnd = at + entrySize + number(m_bytes, at + 28, 2);
        const auto comment = nameEnd + number(m_bytes, at + 30, 2);
        const ByteRange place{at + entrySize, nameEnd};
        const auto written = slice(m_bytes, place);
        if (nameEnd > m_bytes.size() || written.substr(0, written.find('\0')) != name) {
            continue;
        }
        const auto end = comment + number(m_bytes, at + 32, 2);
        m_at = nameEnd;
        return {place, end <= m_bytes.size() ? ByteRange{comment, end} : ByteRange{}};
    }
    m_at = m_bytes.size();
    return {};
}

} // namespace cupel::formats::zip
