// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pickle/contracts.h"

#include <algorithm>

namespace cupel::rules::pickle {

namespace {

using formats::PickleArgument;
using formats::PickleCall;
using formats::PickleFacts;
using Kind = PickleArgument::Kind;

bool isBenignName(const PickleFacts& facts, const PickleArgument& argument)
{
    if (argument.kind != Kind::Global || argument.global < 0) {
        return false;
    }
    const auto& global = facts.globals[static_cast<std::size_t>(argument.global)];
    const auto verdict = judge(global);
    // A class nobody knows is told of by itself; here it is enough that it is no function known to do harm.
    return verdict.kind == Verdict::Kind::Benign || verdict.kind == Verdict::Kind::Unknown;
}

bool isLatin1(const PickleArgument& argument)
{
    constexpr std::string_view names[] = {"latin1", "latin-1", "iso-8859-1", "iso8859-1", "ascii", "utf-8", "utf8"};
    return argument.kind == Kind::Text && !argument.built
        && std::find(std::begin(names), std::end(names), argument.text) != std::end(names);
}

bool isPlainName(const PickleArgument& argument)
{
    // The class method by which pickles of time zones come back.
    if (argument.kind == Kind::Text && argument.text == "_unpickle") {
        return !argument.built;
    }
    return argument.kind == Kind::Text && !argument.built && !argument.text.empty() && !argument.text.starts_with('_')
        && argument.text.find('.') == std::string::npos;
}

bool isFamilyClass(const PickleFacts& facts, const PickleArgument& argument)
{
    if (argument.kind != Kind::Global || argument.global < 0) {
        return false;
    }
    const auto& global = facts.globals[static_cast<std::size_t>(argument.global)];
    const auto verdict = judge(global);
    return verdict.kind == Verdict::Kind::Benign && verdict.use == Use::Class && !global.module.starts_with("builtins")
        && !global.module.starts_with("collections");
}

} // namespace

std::string brokenContract(const PickleFacts& facts, const PickleCall& call, const Verdict& verdict)
{
    const auto& given = call.arguments;
    if (verdict.use == Use::Value) {
        return "it is only ever referred to, not called";
    }
    switch (verdict.contract) {
    case Contract::None:
        return {};
    case Contract::ClassFirst:
        return !given.empty() && given[0].kind == Kind::Global ? "" : "its first argument is no class";
    case Contract::FunctionFirst:
        return !given.empty() && isBenignName(facts, given[0]) ? "" : "its first argument is no known function";
    case Contract::Latin1:
        return !given.empty() && given[0].kind == Kind::Text && given.size() == 2 && isLatin1(given[1])
            ? ""
            : "it is given something else than a text and Latin-1";
    case Contract::Texts:
        return call.argumentsKnown
                && std::all_of(given.begin(), given.end(),
                    [](const PickleArgument& one) { return one.kind == Kind::Text && !one.built; })
            ? ""
            : "it is given something else than texts";
    case Contract::Bytes:
        return given.size() == 1 && given[0].kind == Kind::Bytes ? "" : "it is given something else than bytes";
    case Contract::TypeOf:
        return given.size() == 1 && (given[0].kind == Kind::None || given[0].kind == Kind::Global)
            ? ""
            : "it makes a new class, whose methods Python calls by itself";
    case Contract::MethodOfClass:
        return given.size() == 2 && isFamilyClass(facts, given[0]) && isPlainName(given[1])
            ? ""
            : "it is given something else than a known class and a plain name";
    }
    return {};
}

} // namespace cupel::rules::pickle
