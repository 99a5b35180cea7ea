// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the database that a LiteralSet uses where it lies in the program (literal_set.h). Build time only.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include <hs.h>

namespace cupel::rules {

// As it would lie in memory behind an address that is a multiple of this.
constexpr std::size_t databaseAlignment = 64;

// The serialised database as vectorscan loads it. Empty on failure.
[[nodiscard]] inline std::string loadedDatabase(const char* bytes, std::size_t size)
{
    std::size_t room = 0;
    if (hs_serialized_database_size(bytes, size, &room) != HS_SUCCESS) {
        return {};
    }
    room = (room + databaseAlignment - 1) / databaseAlignment * databaseAlignment;
    auto* place = static_cast<char*>(std::aligned_alloc(databaseAlignment, room));
    if (!place) {
        return {};
    }
    std::memset(place, 0, room);
    const auto done = hs_deserialize_database_at(bytes, size, reinterpret_cast<hs_database_t*>(place));
    std::string out(place, done == HS_SUCCESS ? room : 0);
    std::free(place);
    return out;
}

// Each literal with whether its case is ignored; ids are their places. Empty on failure, `problem` says which.
[[nodiscard]] inline std::string compiledLiterals(
    const std::vector<std::pair<std::string, bool>>& literals, std::string& problem)
{
    std::vector<const char*> texts;
    std::vector<std::size_t> lengths;
    std::vector<unsigned> flags;
    std::vector<unsigned> ids;
    for (const auto& [text, anyCase] : literals) {
        ids.push_back(static_cast<unsigned>(texts.size()));
        texts.push_back(text.c_str());
        lengths.push_back(text.size());
        flags.push_back(anyCase ? HS_FLAG_CASELESS : 0);
    }
    // No processor features: the database must load on every machine the package runs on.
    const hs_platform_info_t oldest{HS_TUNE_FAMILY_GENERIC, 0, 0, 0};
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    if (hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), lengths.data(),
            static_cast<unsigned>(texts.size()), HS_MODE_BLOCK, &oldest, &database, &error)
        != HS_SUCCESS) {
        problem = std::string("vectorscan: ") + (error ? error->message : "cannot compile the literals");
        return {};
    }
    char* bytes = nullptr;
    std::size_t size = 0;
    if (hs_serialize_database(database, &bytes, &size) != HS_SUCCESS) {
        problem = "vectorscan: cannot serialise the literals";
        return {};
    }
    auto out = loadedDatabase(bytes, size);
    problem = out.empty() ? "vectorscan: cannot load the literals" : "";
    std::free(bytes);
    hs_free_database(database);
    return out;
}

} // namespace cupel::rules
