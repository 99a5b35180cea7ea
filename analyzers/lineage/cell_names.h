// SPDX-License-Identifier: GPL-3.0-or-later
// What each code cell does to the names of the module: reads, definitions, changes in place and deletions, in the order
// of evaluation and with Python's scopes; and what functions would do when somebody calls them. By syntax alone: what
// a call means for the cells around it is for name_flow. Loops over flat trees with an own stack, no recursion.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"
#include "analyzers/formats/code_cells.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cupel::lineage {

using NameId = std::uint32_t;
inline constexpr NameId noName = 0xFFFF'FFFF;

// Names of Python, and of hidden state: "<random>", "<cwd>", "<sys.path>", "<os.environ>", "<file:x.py>", "<out:12>".
class NameTable {
public:
    NameId of(std::string_view text);
    [[nodiscard]] NameId find(std::string_view text) const; // noName: not there
    [[nodiscard]] std::string_view text(NameId name) const { return m_texts[name]; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_texts.size()); }
    [[nodiscard]] bool hidden(NameId name) const { return m_texts[name].starts_with('<'); }

private:
    std::deque<std::string> m_texts;
    std::unordered_map<std::string_view, NameId> m_ids;
};

enum class NameAct : std::uint8_t {
    Read,
    Define,
    Change, // in place: x[i] = v, x.append(v), x += v
    Delete,
    Open, // defines names that nobody can list: from m import *, %run
    Call // what it changes is known to name_flow only
};
enum class Bound : std::uint8_t { Value, Scalar, Import, Function, Class };

// What a defined value has to do with others.
struct NameLink {
    enum class Kind : std::uint8_t {
        Same, // y = x
        Part, // y = x["a"]: who changes y changes x
        Holds, // y = [x]: who changes x changes y
        Result // y = f(x): of the call at this event
    };
    NameId name = noName;
    Kind kind = Kind::Same;
    std::uint32_t call = 0;
};

struct NameArgument {
    static constexpr std::uint32_t object = 0xFFFF'FFFF; // position of x in x.f()
    NameId name = noName; // the argument is this name, or a part of it
    NameId keyword = noName;
    std::uint32_t position = 0;
    std::int32_t parameter = -1; // inside of a function: the argument is this parameter
};

struct NameEvent {
    NameAct act = NameAct::Read;
    Bound bound = Bound::Value; // of Define
    NameId name = noName; // of Call: the function; of methods noName: the object is an argument
    NameId method = noName; // of Call
    std::uint32_t start = 0; // bytes in the cell's text
    std::uint32_t end = 0;
    bool maybe = false; // in one of several branches
    bool loop = false;
    bool shielded = false; // the same branch defined it before
    bool guarded = false; // somebody looks after the case that it is not there
    bool deferred = false; // read when the function that is defined here is called
    bool called = false; // a read to call it
    bool byMethod = false; // a Change by a method: none where the object is a module
    bool deep = false; // changes also what the object holds: optimizer.step()
    bool grows = false; // another run of it gives something else: x += 1
    bool augmented = false; // x += v: numbers and texts are new ones
    bool bare = false; // of Call: the statement is nothing else ...
    bool shown = false; // ... and it is the last of the cell, whose value is shown
    bool local = false; // of Define: for the rest of the cell only
    bool transforms = false; // of Define: the value is a transformed copy of another
    bool discarded = false; // of Call: a transformation whose result goes nowhere
    std::uint32_t links = 0; // first and end in CellNames::links
    std::uint32_t linksEnd = 0;
    std::uint32_t arguments = 0; // first and end in CellNames::arguments
    std::uint32_t argumentsEnd = 0;
    std::uint32_t function = noName; // of Define: index into FileNames::functions
    std::uint32_t cell = noName; // where it stands, as index into FileNames::cells: a call moves `start` to itself
    std::uint32_t ownStart = 0; // bytes there
    std::uint32_t ownEnd = 0;
};

// A function, or a class with all its methods.
struct FunctionNames {
    NameId name = noName;
    std::vector<NameId> parameters;
    std::vector<NameEvent> outside; // reads, changes and definitions of names outside of it, and its calls
    std::vector<NameArgument> arguments; // of its calls
    std::vector<std::uint32_t> changes; // parameters that it changes itself
    std::vector<std::uint32_t> returned; // parameters that come back
    std::vector<std::uint32_t> methods; // of a class: functions
    std::uint64_t text = 0; // hash of its text
    bool decorated = false;
    bool isClass = false;
};

struct CellNames {
    std::uint32_t source = 0; // index into CodeCells::cells()
    ByteRange bytes; // of its text: a part of it for a cell of a converted script
    std::int64_t count = -1; // recorded
    bool python = true;
    bool flawed = false; // Python would not run it, or it was not parsed
    bool holdsCode = false;
    bool onlyRemarks = false; // of what it holds, nothing runs
    bool shows = false; // there is output other than an error
    bool saves = false; // something is written by it
    bool expression = false; // ends with a value that is shown
    bool mentions = false; // code in a text: run_cell_magic("time", "", "...")
    std::vector<NameEvent> events;
    std::vector<NameLink> links;
    std::vector<NameArgument> arguments;
};

struct FileNames {
    NameTable names;
    std::vector<CellNames> cells; // by code cell
    std::vector<FunctionNames> functions;
    bool notebook = false; // cells: not one script
    bool converted = false; // a script with # In[n]: before its cells
    bool partial = false;
};

// `facts` says how many code cells there are and what was recorded.
[[nodiscard]] FileNames readNames(
    const Artifact& artifact, const Facts& facts, formats::CodeCells& cells, Budget& budget);

} // namespace cupel::lineage
