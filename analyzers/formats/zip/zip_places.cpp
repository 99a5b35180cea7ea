// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/zip/zip_places.h"

#include "analyzers/formats/zip/zip_sweep.h"

namespace cupel::formats::zip {

std::map<std::string_view, ByteRange> packedPlaces(ByteView bytes)
{
    std::map<std::string_view, ByteRange> out;
    for (const auto& entry : readDirectory(bytes)) {
        LocalHeader local;
        if (entry.method != 0 && readLocal(bytes, entry.header, local) && local.data <= bytes.size()
            && entry.packed <= bytes.size() - local.data) {
            out[slice(bytes, entry.name)] = {local.data, local.data + entry.packed};
        }
    }
    return out;
}

} // namespace cupel::formats::zip
