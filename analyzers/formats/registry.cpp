// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/registry.h"

#include <array>

namespace cupel::formats {

#define CUPEL_FORMAT(id)                                                                                               \
    namespace id {                                                                                                     \
    int sniff(ByteView head, std::uint64_t size, std::string_view fileName);                                           \
    void parse(const Artifact& artifact, Budget& budget, Facts& out);                                                  \
    }
#include "analyzers/formats/formats.def"
#undef CUPEL_FORMAT

namespace zip {
bool sniffEnd(ByteView bytes);
}

namespace {

constexpr std::array table{
#define CUPEL_FORMAT(id) Format{#id, id::sniff, id::parse},
#include "analyzers/formats/formats.def"
#undef CUPEL_FORMAT
};

} // namespace

std::span<const Format> all()
{
    return table;
}

const Format& recognise(ByteView bytes, std::string_view fileName)
{
    constexpr std::size_t headSize = 64 << 10;
    const auto head = bytes.substr(0, headSize);
    const Format* best = &table.back();
    int surest = 0;
    for (const auto& format : table) {
        const int sure = format.sniff(head, bytes.size(), fileName);
        if (sure > surest) {
            surest = sure;
            best = &format;
        }
    }
    // What ends as a zip is one for every loader of zips, whatever it begins as: a picture, or nothing that is known.
    if ((best->name == "image" || best->name == "unknown") && zip::sniffEnd(bytes)) {
        for (const auto& format : table) {
            best = format.name == "zip" ? &format : best;
        }
    }
    return *best;
}

} // namespace cupel::formats
