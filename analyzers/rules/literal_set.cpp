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
hs_database_t* compileHere([[maybe_unused]] std::size_t count, [[maybe_unused]] LiteralSet::Literals literals)
{
#ifdef CUPEL_LITERALS_BUILT_IN
    return nullptr; // there is no other
#else
    std::vector<std::string> keep; // vectorscan reads zero-terminated text
    std::vector<const char*> texts;
    std::vector<std::size_t> lengths;
    std::vector<unsigned> flags;
    std::vector<unsigned> ids;
    keep.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto literal = literals(i);
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

hs_scratch_t* scratchFor(const void* database)
{
    hs_scratch_t* made = nullptr;
    hs_alloc_scratch(static_cast<const hs_database_t*>(database), &made);
    return made;
}

struct Scratch {
    hs_scratch_t* handle = nullptr;
    explicit Scratch(const void* from) { hs_clone_scratch(static_cast<const hs_scratch_t*>(from), &handle); }
    ~Scratch() { hs_free_scratch(handle); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
};

struct Collector {
    LiteralSet::Literals literals;
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
    collector.hits.push_back({id, to - collector.literals(id).text.size()});
    return 0;
}

} // namespace

LiteralSet::LiteralSet(std::size_t count, Literals literals, std::string_view database)
    : m_count(count)
    , m_literals(literals)
    , m_database(database.data())
{
    m_scratch = scratchFor(m_database); // looks at the version as well, and at every byte
    if (!m_scratch) {
        m_database = compileHere(m_count, m_literals);
        m_compiledHere = true;
        m_scratch = m_database ? scratchFor(m_database) : nullptr;
    }
}

LiteralSet::~LiteralSet()
{
    hs_free_scratch(static_cast<hs_scratch_t*>(m_scratch));
    if (m_compiledHere) {
        hs_free_database(static_cast<hs_database_t*>(const_cast<void*>(m_database)));
    }
}

bool LiteralSet::find(ByteView text, std::vector<LiteralHit>& hits, std::size_t maxHits) const
{
    const auto* database = static_cast<const hs_database_t*>(m_database);
    if (!database || !m_scratch) {
        return false;
    }
    thread_local std::map<const void*, std::unique_ptr<Scratch>> scratches; // sets live as long as the process
    auto& scratch = scratches[this];
    if (!scratch) {
        scratch = std::make_unique<Scratch>(m_scratch);
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
