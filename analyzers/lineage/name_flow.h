// SPDX-License-Identifier: GPL-3.0-or-later
// Names from cell to cell, in file order: what each cell needs from others, what it defines and what it changes, with
// functions followed to what they read and change, and names that share one object changed together.
#pragma once

#include "analyzers/lineage/cell_names.h"

#include <vector>

namespace cupel::lineage {

// A name that a cell reads and did not define before.
struct NameRead {
    NameId name = noName;
    NameId through = noName; // the function that reads it
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    bool maybe = false;
    bool loop = false;
    bool guarded = false;
    bool deferred = false; // by a function that is only defined here
    bool called = false; // at least once
    std::uint32_t cell = noName; // where the name stands: a function may read it for its caller
    std::uint32_t ownStart = 0;
    std::uint32_t ownEnd = 0;
    bool named = false; // by a function that is named and not called: who calls it, and when, is not known
};

struct NameWrite {
    NameAct act = NameAct::Define; // Define, Change, Delete, Open
    Bound bound = Bound::Value;
    NameId name = noName;
    std::uint32_t function = noName;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    bool kills = false; // nothing of what was there before is left
    bool implied = false; // by a change of another name of the same object
    bool grows = false; // another run gives something else, and the cell does not start it afresh
    bool transforms = false;
};

struct CellFlow {
    std::vector<NameRead> reads;
    std::vector<NameWrite> writes;
};

// All that one cell does to one name.
struct NameCell {
    std::uint32_t cell = 0;
    std::uint32_t first = 0; // write, of those that define where there is one
    bool defines = false;
    bool kills = false;
    bool changes = false;
    bool deletes = false; // and does not define it again
};

struct Discarded { // df.dropna() as a statement
    std::uint32_t cell = 0;
    NameId name = noName;
    NameId method = noName;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
};

struct NameFlow {
    std::vector<CellFlow> cells;
    std::vector<std::vector<NameCell>> names; // by name, cells rising
    std::vector<std::uint32_t> open; // cells that define what nobody can list
    std::vector<bool> read; // by name: somebody uses it
    std::vector<Discarded> discarded;
    bool partial = false;

    // Cells before `cell` that made the name what it is there. `defined`: whether one of them defines it.
    [[nodiscard]] std::vector<std::uint32_t> makers(NameId name, std::uint32_t cell, bool* defined = nullptr) const;
};

[[nodiscard]] NameFlow followNames(FileNames& file, Budget& budget);

} // namespace cupel::lineage
