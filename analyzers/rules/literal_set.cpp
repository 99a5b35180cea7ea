// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/literal_set.h"

#include <map>
#include <memory>
#include <string>

#ifdef CUPEL_LITERALS_BUILT_IN
#include <hs_runtime.h>
#else
#include <hs.h>
#endif

namespace cupel::rules {

namespace {

// For a vectorscan that the program was not built with: the same literals, compiled here (slow, once).
hs_database_t* compileHere([[maybe_unused]] const std::vector<LiteralText>& literals)
{
#ifdef CUPEL_LITERALS_BUILT_IN
    return nullptr; // there is no other
#else
    std::vector<std::string> keep; // vectorscan reads zero-terminated text
    std::vector<const char*> texts;
    std::vector<std::size_t> lengths;
    std::vector<unsigned> flags;
    std::vector<unsigned> ids;
    keep.reserve(literals.size());
    for (const auto& literal : literals) {
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
#endif
}

struct Scratch {
    hs_scratch_t* handle = nullptr;
    explicit Scratch(const hs_database_t* database) { hs_alloc_scratch(database, &handle); }
    ~Scratch() { hs_free_scratch(handle); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
};

struct Collector {
    const std::vector<LiteralText>& literals;
    std::vector<LiteralHit>& hits;
    std::size_t maxHits;
    bool overflow = false;
};

int onMatch(unsigned id, unsigned long long /*from*/, unsigned long long to, unsigned /*flags*/, void* context)
{
    auto& collector = *static_cast<Collector*>(context);
    if (collector.hits.size() >= collector.maxHits) {
        collector.overflow = true;
        return 1;
    }
    collector.hits.push_back({id, to - collector.literals[id].text.size()});
    return 0;
}

} // namespace

LiteralSet::LiteralSet(std::vector<LiteralText> literals, std::string_view database)
    : m_literals(std::move(literals))
    , m_database(database.data())
{
    // Looks at the version as well.
    const Scratch scratch(static_cast<const hs_database_t*>(m_database));
    if (!scratch.handle) {
        m_database = compileHere(m_literals);
        m_compiledHere = true;
    }
}

LiteralSet::~LiteralSet()
{
    if (m_compiledHere) {
        hs_free_database(static_cast<hs_database_t*>(const_cast<void*>(m_database)));
    }
}

bool LiteralSet::find(ByteView text, std::vector<LiteralHit>& hits, std::size_t maxHits) const
{
    const auto* database = static_cast<const hs_database_t*>(m_database);
    if (!database) {
        return false;
    }
    thread_local std::map<const void*, std::unique_ptr<Scratch>> scratches; // sets live as long as the process
    auto& scratch = scratches[this];
    if (!scratch) {
        scratch = std::make_unique<Scratch>(database);
    }
    if (!scratch->handle) {
        return false;
    }
    Collector collector{m_literals, hits, maxHits};
    const auto done =
        hs_scan(database, text.data(), static_cast<unsigned>(text.size()), 0, scratch->handle, onMatch, &collector);
    return done == HS_SUCCESS && !collector.overflow;
}

} // namespace cupel::rules
