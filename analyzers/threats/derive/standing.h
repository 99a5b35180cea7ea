// SPDX-License-Identifier: GPL-3.0-or-later
// Which parts of a model a place in code speaks of: a call that fetches a file stands behind that file, the address it
// comes from and the flow between them. A finding there is evidence for them, and for nothing else in its code.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/model/facts.h"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::threats {

class Standing {
public:
    // `bytes` of the text of a file, as lineage counts them; empty ones are nowhere.
    void add(std::string_view path, ByteRange bytes, const std::string& part);
    // Ids of the parts that are spoken of inside these bytes of the file on disk, else by the innermost place around
    // them; at most 64.
    [[nodiscard]] std::set<std::string_view> at(std::string_view path, const Facts& facts, ByteRange inFile);

private:
    struct Spot {
        ByteRange bytes;
        std::size_t around; // index of the innermost place that begins no later and ends behind this one's beginning
        const std::set<std::string>* parts;
    };
    struct OfFile {
        std::map<ByteRange, std::set<std::string>> parts; // in the text
        std::vector<Spot> spots; // in the file, by their beginnings; made when somebody asks
    };
    static void settle(OfFile& file, const Facts& facts);

    std::map<std::string, OfFile, std::less<>> m_files;
};

} // namespace cupel::threats
