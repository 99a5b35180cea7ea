// SPDX-License-Identifier: GPL-3.0-or-later
// Every object of a serialised value of R, from a stack of what is still to come: nothing is built, nothing evaluated.
#pragma once

#include "analyzers/formats/rds/rds_source.h"

#include <vector>

namespace cupel::formats::rds {

class Walk {
public:
    Walk(Wire& wire, Source& source)
        : m_wire(wire)
        , m_source(source)
    {
    }
    [[nodiscard]] bool run(); // false: it ended early

private:
    enum class What : std::uint8_t {
        Items, // `left` of them
        PromiseValue,
        PromiseCode, // of a promise that has no value yet
        Code, // of bytecode, then its constants
        CodeOf, // the vector of instructions is read, constants follow
        Constants,
        CodeList, // an element of a call inside bytecode: its type stands before it
    };
    struct Task {
        What what = What::Items;
        std::uint64_t left = 1;
    };

    bool push(What what, std::uint64_t left = 1);
    bool step(Task task);
    bool item(What what);
    bool object(unsigned type, std::uint32_t flags, std::uint64_t place);
    bool special(unsigned type, std::uint32_t flags);
    bool pair(unsigned type, std::uint32_t flags, std::uint64_t place);
    bool vector(unsigned type, bool attributes);
    bool characters();
    bool names(); // of an environment that is named
    bool constants(std::uint64_t left);
    bool codeList();
    bool codeListOf(std::int64_t type);
    void code(std::string_view what, std::uint64_t place);

    Wire& m_wire;
    Source& m_source;
    std::vector<Task> m_tasks;
    std::uint64_t m_references = 0; // objects that may be referred to
};

} // namespace cupel::formats::rds
