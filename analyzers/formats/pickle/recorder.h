// SPDX-License-Identifier: GPL-3.0-or-later
// Writes down what the machine sees. Equal causes are one entry with a count, so that lists can be capped without
// losing anything that is seen for the first time.
#pragma once

#include "analyzers/formats/pickle/show.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cupel::formats::pickle {

struct GlobalRequest {
    std::string module;
    std::string name;
    PickleGlobal::How how = PickleGlobal::How::Global;
    ByteRange bytes;
    std::vector<ByteRange> sources;
    bool oldNames = false; // Python 2 names are renamed
    bool resolved = true;
};

struct CallRequest {
    Value callee;
    Value arguments; // a tuple, mostly
    Value keywords;
    std::string_view how;
    ByteRange bytes;
};

class Recorder {
public:
    Recorder(ByteView bytes, PickleFacts& facts)
        : m_bytes(bytes)
        , m_facts(facts)
    {
    }

    // The index of its fact.
    std::uint32_t global(const GlobalRequest& request);
    // The number of the call's variable.
    std::uint32_t call(const Heap& heap, const CallRequest& request);
    void change(const Heap& heap, PickleChange change, Value target);
    void oddity(std::string_view code, ByteRange bytes, std::string detail = {});
    // Counts an oddity that was told before. False: it was not.
    bool countsAgain(std::string_view code);
    // One line of the program. `important`: also when there are many already.
    void line(ShownText text, std::uint64_t at, bool important);
    [[nodiscard]] Values values(const Heap& heap) const { return {m_bytes, heap, m_facts}; }
    [[nodiscard]] PickleFacts& facts() { return m_facts; }

private:
    std::uint32_t crowdOf(PickleGlobal first);
    void imports(const PickleGlobal& global);
    [[nodiscard]] PickleArgument argument(const Values& values, Value value) const;
    void fill(const Values& values, const CallRequest& request, PickleCall& call) const;
    void findHanded(const Values& values, const CallRequest& request);
    [[nodiscard]] std::string signature(const Values& values, const CallRequest& request) const;

    ByteView m_bytes;
    PickleFacts& m_facts;
    std::unordered_map<std::string, std::uint32_t> m_globals;
    std::unordered_map<std::string, std::uint32_t> m_calls;
    std::unordered_map<std::string, std::uint32_t> m_changes;
    std::unordered_map<std::string, std::uint32_t> m_oddities;
    std::unordered_map<std::string, bool> m_imported;
    std::uint32_t m_variables = 0;
    std::vector<std::int32_t> m_handed; // to the call that is told
    std::vector<Value> m_open; // room for the search for them
    std::uint64_t m_looked = 0;
};

} // namespace cupel::formats::pickle
