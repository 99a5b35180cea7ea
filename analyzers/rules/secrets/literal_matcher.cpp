// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/literal_matcher.h"

#include "analyzers/rules/secrets/secret_row.h"

#include <string>

#include <hs.h>

namespace cupel::rules::secrets {

namespace {

// For a processor that cannot load the serialised database: the same literals, compiled here (slow, once).
hs_database_t* compileHere()
{
    std::vector<const char*> texts;
    std::vector<std::size_t> lengths;
    std::vector<unsigned> flags;
    std::vector<unsigned> ids;
    std::vector<std::string> keep;
    keep.reserve(literals().size());
    for (const auto& literal : literals()) {
        keep.emplace_back(literal.text);
        texts.push_back(keep.back().c_str());
        lengths.push_back(literal.text.size());
        flags.push_back(literal.anyCase ? HS_FLAG_CASELESS : 0);
        ids.push_back(static_cast<unsigned>(ids.size()));
    }
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), lengths.data(), static_cast<unsigned>(texts.size()),
        HS_MODE_BLOCK, nullptr, &database, &error);
    hs_free_compile_error(error);
    return database;
}

hs_database_t* database()
{
    static hs_database_t* const shared = [] {
        hs_database_t* loaded = nullptr;
        const auto bytes = literalDatabase();
        return hs_deserialize_database(bytes.data(), bytes.size(), &loaded) == HS_SUCCESS ? loaded : compileHere();
    }();
    return shared;
}

struct Scratch {
    hs_scratch_t* handle = nullptr;
    Scratch() { hs_alloc_scratch(database(), &handle); }
    ~Scratch() { hs_free_scratch(handle); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
};

struct Collector {
    std::vector<LiteralHit>& hits;
    std::size_t maxHits;
    std::uint64_t base;
    bool overflow = false;
};

int onMatch(unsigned id, unsigned long long /*from*/, unsigned long long to, unsigned /*flags*/, void* context)
{
    auto& collector = *static_cast<Collector*>(context);
    if (collector.hits.size() >= collector.maxHits) {
        collector.overflow = true;
        return 1;
    }
    collector.hits.push_back({id, collector.base + to - literals()[id].text.size()});
    return 0;
}

} // namespace

bool findLiterals(ByteView text, std::vector<LiteralHit>& hits, std::size_t maxHits)
{
    thread_local const Scratch scratch;
    if (!database() || !scratch.handle) {
        return false;
    }
    Collector collector{hits, maxHits, 0};
    const auto done =
        hs_scan(database(), text.data(), static_cast<unsigned>(text.size()), 0, scratch.handle, onMatch, &collector);
    return done == HS_SUCCESS && !collector.overflow;
}

} // namespace cupel::rules::secrets
