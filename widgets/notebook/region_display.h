// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a region as a person may see it: decoded, every sensitive range masked before anything else looks at it,
// and with the way from bytes of the file to characters on the screen. UI thread; no file is touched.
#pragma once

#include "analyzers/base/offset_map.h"
#include "analyzers/model/analysis.h"

#include <QtCore/QString>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cupel::widgets {

// Masked bytes are written as this control character, one for one, so that no offset moves; it is shown as a bullet.
inline constexpr char maskByte = '\x01';

struct RegionText {
    std::string utf8; // masked
    OffsetMap map; // offset in utf8 -> offset in the artifact's text
    bool complete = true; // false: the region is longer than what was decoded
    ByteRange raw; // what was asked for, in the artifact's text

    // The part of this text that the file's bytes `file` write; empty when they lie elsewhere.
    [[nodiscard]] ByteRange fromFile(const Analysis& analysis, ByteRange file) const;
};

// `revealed`: ranges of the file, sorted and disjoint, that are shown in clear while a key is held.
[[nodiscard]] RegionText readMasked(const Analysis& analysis, const Region& region, std::size_t maxBytes = 4 << 20,
    const std::vector<ByteRange>& revealed = {});

// A name out of the file (a kernel, a MIME type, an attachment) for the screen: sensitive values in it become dots.
[[nodiscard]] QString shownName(const Analysis& analysis, std::string_view name);

// A list of strings (a traceback) with a line end after each of them.
[[nodiscard]] RegionText readLines(
    const Analysis& analysis, const Region& region, const std::vector<ByteRange>& revealed = {});

// UTF-16 made from UTF-8 with the position of every byte. Invalid bytes, bidirectional overrides and control characters
// become visible signs: what is reviewed must not be able to hide.
class ShownText {
public:
    ShownText() = default;
    explicit ShownText(std::string_view utf8);
    [[nodiscard]] const QString& string() const { return m_string; }
    [[nodiscard]] int unit(std::uint64_t byte) const; // clipped to the text

private:
    struct CheckPoint {
        std::uint32_t byte;
        std::uint32_t unit;
    };
    QString m_string;
    std::vector<CheckPoint> m_points; // about every 128 bytes; empty: pure ASCII, both sides agree
    std::string m_utf8; // kept only when not ASCII
};

} // namespace cupel::widgets
