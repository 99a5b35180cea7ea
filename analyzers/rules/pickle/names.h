// SPDX-License-Identifier: GPL-3.0-or-later
// What a name means that a pickle asks for: benign for what it is used as, dangerous in which way, or not known. Tables
// are compiled in from resources/rules/pickle; nothing in a file can change them.
#pragma once

#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/model/finding.h"

#include <string_view>

namespace cupel::rules::pickle {

enum class Harm : std::uint8_t { Code, Process, Import, Loader, Gadget, Network, Files, Tamper, Soft };
enum class Use : std::uint8_t { Value, Class, Call };
enum class Contract : std::uint8_t {
    None, // any data
    ClassFirst, // the first argument is a class, by name
    FunctionFirst, // the first argument is a benign function or class, by name
    Latin1, // a text and one of the names of Latin-1
    Texts, // nothing but constant texts
    Bytes, // constant bytes, which are looked at themselves
    TypeOf, // type(None) and its like, not the one of three arguments that makes a class
    MethodOfClass, // getattr of a benign class and a plain name
    Bare, // picklers make it without arguments, or with numbers and arrays; a single word is a member of an enumeration
    NumpyName, // a module of NumPy or SciPy and a plain name in it
    BitGenerator, // the name or class of a generator of NumPy, and what makes one
    TypeName, // a constant name of a type that is no function, no code and no module
};

struct Verdict {
    enum class Kind : std::uint8_t { Benign, Danger, Library, Unknown, Unresolved };
    Kind kind = Kind::Unknown;
    Harm harm = Harm::Soft; // Danger
    Severity severity = Severity::Medium; // Danger, when called
    Use use = Use::Value; // Benign
    Contract contract = Contract::None; // Benign
    bool special = false; // Danger by an attribute such as __globals__
    bool byUse = false; // Danger only because of what it is called with
};

[[nodiscard]] Verdict judge(const formats::PickleGlobal& global);
// Of a dotted path that nothing else is known of.
[[nodiscard]] Verdict judgePath(std::string_view path);
// Methods that run, load, fetch or write what they are given, whatever the class.
[[nodiscard]] bool isActingMethod(std::string_view name);
// Whether torch.load(weights_only=True) takes the name without being told to.
[[nodiscard]] bool isWeightsOnly(std::string_view path);
[[nodiscard]] std::string_view toString(Verdict::Kind kind); // "benign", "dangerous", "standard-library", "unknown" ...

} // namespace cupel::rules::pickle
