// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of an expression without running it: its constant, where it comes from as a path, and which tainted
// sources may have written it, with the steps on the way.
#pragma once

#include "analyzers/code/path_table.h"
#include "analyzers/code/syntax.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace cupel::code {

// Kinds of sources, as bits.
enum Source : std::uint16_t {
    sourceInput = 1, // typed by whoever runs it: input(), widgets, forms
    sourceArgument = 2, // sys.argv, argparse
    sourceRequest = 4, // a request to a web application, an event of a cloud function
    sourceEnvironment = 8,
    sourceSecret = 16, // getpass, secret stores, environment names that say secret
    sourceModel = 32, // what a language model wrote
    sourceWeb = 64, // downloads
    sourceFile = 128, // what was read from files
    sourceShell = 256, // output of commands
    sourceParameter = 512, // of a function whose callers are not known
    sourceDocument = 1024, // loaders of documents and pages for retrieval
    sourcePersonal = 2048, // names that say personal data: email, ssn
};
using Sources = std::uint16_t;
inline constexpr Sources outsideSources = sourceInput | sourceArgument | sourceRequest | sourceEnvironment | sourceModel
    | sourceWeb | sourceFile | sourceShell | sourceDocument;

enum class ValueKind : std::uint8_t {
    Unknown,
    Text, // a constant string, in `text`
    Bytes,
    Number, // `text` as written
    Boolean, // "True", "False"
    Nothing, // None
    Template, // a string of constants and unknown parts; `text` holds \1 for each unknown part
    List,
    Tuple,
    Dictionary,
    Set,
    Local // a function or class of this file; `text` its name
};

struct NodeRef {
    std::uint32_t unit = Syntax::none;
    std::uint32_t node = Syntax::none;
    [[nodiscard]] bool valid() const { return node != Syntax::none; }
};

struct Value {
    ValueKind kind = ValueKind::Unknown;
    bool hidden = false; // the constant was put together or decoded in a way that hides it
    bool chosen = false; // one of several constants that stand in the code
    bool harmless = false; // what is not known of it was made harmless: html.escape(x), int(x)
    Sources sources = 0;
    std::uint32_t step = 0; // last step of the taint, see Flow::steps()
    PathId path = 0;
    std::uint32_t local = Syntax::none; // index of the function, for Local
    std::string_view text;
    NodeRef origin; // the expression that made it (a list, a call, a constant)

    [[nodiscard]] bool isConstant() const { return kind >= ValueKind::Text && kind <= ValueKind::Nothing; }
    [[nodiscard]] bool isString() const { return kind == ValueKind::Text || kind == ValueKind::Bytes; }
    [[nodiscard]] bool isList() const { return kind == ValueKind::List || kind == ValueKind::Tuple; }
};

struct TaintStep {
    std::uint32_t previous = 0; // 0: this one is the source
    NodeRef place;
    Sources source = 0; // of the first step
    std::uint16_t depth = 0;
};

struct Argument {
    std::string_view name; // of name=value; empty: by place
    Value value;
    NodeRef place; // the whole argument
    NodeRef valuePlace;
};

struct CallSite {
    NodeRef place;
    Value function;
    Value receiver; // of a method: what stands before the dot
    std::vector<Argument> arguments; // *list and **dict with known contents are spread
    bool moreArguments = false; // *unknown or **unknown
    bool reference = false; // handed over to be called: map(eval, x), apply(eval)

    // By place, or by name; null when it is not given.
    [[nodiscard]] const Argument* argument(std::size_t position, std::string_view name) const;
    [[nodiscard]] const Argument* named(std::string_view name) const { return argument(~std::size_t{0}, name); }
};

} // namespace cupel::code
