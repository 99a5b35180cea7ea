// SPDX-License-Identifier: GPL-3.0-or-later
// Follows a template from its first statement to its last and works out what texts are, however they are put together:
// variables, concatenation, join, replace, format, slices, escapes, dictionaries, set blocks, macros. Tells a listener
// which attributes are reached, what is called, how often loops run and which words show only for some messages.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/code/jinja_tree.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

struct JinjaValue {
    std::vector<std::string> texts; // what it can be; what is not known inside is U+FFFD
    bool exact = false; // the texts are all of it
    bool literal = false; // written as a constant: '', [], {}, 1
    std::vector<std::string> items; // of a list of texts
    std::optional<std::int64_t> number;
    std::string shown; // the expression with what is known put in
    std::string key; // "ns.x": where assignments to it are kept
    std::string root; // the global name it begins with, as long as nothing was called
    std::vector<std::string> member; // the attribute that was reached last
    bool content = false; // depends on what a message says
    bool clock = false; // depends on the time
    std::string trigger; // the word that a condition looks for in a message
};

struct JinjaAccess {
    enum class How : std::uint8_t { Attribute, Item, Filter, Field };
    How how = How::Attribute;
    const std::vector<std::string>* names = nullptr;
    bool exact = false;
    bool computed = false; // the name is no constant as it is written
    const JinjaValue* base = nullptr;
    ByteRange range;
};

class JinjaListener {
public:
    virtual ~JinjaListener() = default;
    virtual void access(const JinjaAccess& access) = 0;
    // A function by its global name, or a method by its name.
    virtual void call(const std::string& name, bool method, ByteRange range) = 0;
    virtual void name(const std::string& name, ByteRange range) = 0; // a global one
    virtual void word(const std::string& text, ByteRange range) = 0; // a text that begins as inner names do
    virtual void repeats(std::uint64_t times, ByteRange range) = 0;
    // What is shown; `trigger` not empty: only when a message holds that word.
    virtual void literal(std::string_view text, ByteRange range, const std::string& trigger) = 0;
    virtual void tag(const JinjaStatement& statement) = 0;
    // After each statement: its expressions, with what is known put in.
    virtual void done(const JinjaStatement& statement, const std::string& shown) = 0;
};

void foldJinja(ByteView text, const JinjaTree& tree, Budget& budget, JinjaListener& listener);

} // namespace cupel::code
