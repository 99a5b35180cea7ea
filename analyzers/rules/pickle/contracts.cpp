// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pickle/contracts.h"

#include <algorithm>
#include <array>

namespace cupel::rules::pickle {

namespace {

using formats::PickleArgument;
using formats::PickleCall;
using formats::PickleFacts;
using formats::PickleGlobal;
using Kind = PickleArgument::Kind;

const PickleGlobal* nameOf(const PickleFacts& facts, const PickleArgument& argument)
{
    return argument.kind == Kind::Global && argument.global >= 0
        ? &facts.globals[static_cast<std::size_t>(argument.global)]
        : nullptr;
}

bool isWord(std::string_view text)
{
    constexpr std::size_t longest = 40;
    return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
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
    const auto* global = nameOf(facts, argument);
    if (!global) {
        return false;
    }
    const auto verdict = judge(*global);
    return verdict.kind == Verdict::Kind::Benign && verdict.use == Use::Class && !global->module.starts_with("builtins")
        && !global->module.starts_with("collections");
}

// A class whose objects are made, not one that makes classes. One that nobody knows is told of by itself.
bool isClass(const PickleFacts& facts, const PickleArgument& argument)
{
    const auto* global = nameOf(facts, argument);
    if (!global) {
        return false;
    }
    const auto verdict = judge(*global);
    return verdict.kind == Verdict::Kind::Benign ? verdict.use == Use::Class : global->path() != "abc.ABCMeta";
}

// object, or what a class of data may be made of.
bool isBase(const PickleFacts& facts, const PickleArgument& argument)
{
    const auto* global = nameOf(facts, argument);
    const auto verdict = global ? judge(*global) : Verdict();
    return global && verdict.kind == Verdict::Kind::Benign && verdict.use == Use::Class;
}

bool isMethodOfClass(const PickleFacts& facts, const std::vector<PickleArgument>& given)
{
    if (!isFamilyClass(facts, given[0])) {
        return false;
    }
    // SciPy keeps which of its own methods an object uses.
    const auto& name = given[1];
    const bool own = name.kind == Kind::Text && !name.built && isWord(name.text) && !name.text.starts_with("__")
        && nameOf(facts, given[0])->module.starts_with("scipy.");
    return isPlainName(name) || own;
}

// A method of an object that was made here, or of a text: as pickles of bound methods hold them.
bool isMethodOfData(const PickleFacts& facts, const std::vector<PickleArgument>& given)
{
    const auto& name = given[1];
    if (name.kind != Kind::Text || name.built || !isWord(name.text) || name.text.starts_with("__")) {
        return false;
    }
    const auto* global = nameOf(facts, given[0]);
    if (given[0].kind == Kind::Text || (global && global->path() == "builtins.str")) {
        return judgePath("builtins.str." + name.text).kind == Verdict::Kind::Benign;
    }
    if (given[0].kind != Kind::Call || given[0].global < 0) {
        return false;
    }
    const auto& made = facts.globals[static_cast<std::size_t>(given[0].global)];
    const auto verdict = judge(made);
    return verdict.kind == Verdict::Kind::Benign && verdict.use == Use::Class && verdict.contract == Contract::Bare
        && !isActingMethod(name.text);
}

// The result of a function or class that makes data: an array, a tensor, a dict.
bool isData(const PickleFacts& facts, const PickleArgument& argument)
{
    switch (argument.kind) {
    case Kind::None:
    case Kind::Bool:
    case Kind::Number:
    case Kind::Bytes:
    case Kind::Persistent:
        return true;
    case Kind::Call: {
        if (argument.global < 0) {
            return false;
        }
        const auto& global = facts.globals[static_cast<std::size_t>(argument.global)];
        const auto path = global.path();
        constexpr std::array<std::string_view, 4> open{
            "types.SimpleNamespace", "argparse.Namespace", "optparse.Values", "functools.partial"};
        return judge(global).kind == Verdict::Kind::Benign && std::find(open.begin(), open.end(), path) == open.end();
    }
    case Kind::Global:
        return isClass(facts, argument) && judge(*nameOf(facts, argument)).kind == Verdict::Kind::Benign;
    case Kind::Text:
    case Kind::Container:
    case Kind::Unknown:
        return false;
    }
    return false;
}

std::string bare(const PickleFacts& facts, const PickleCall& call)
{
    const auto& given = call.arguments;
    const bool data =
        std::all_of(given.begin(), given.end(), [&facts](const PickleArgument& one) { return isData(facts, one); });
    const bool member = given.size() == 1 && given[0].kind == Kind::Text && !given[0].built && isWord(given[0].text);
    return call.argumentsKnown && (data || member)
        ? ""
        : "picklers make it without arguments, and its program may act on what it is given";
}

std::string numpyName(const PickleCall& call)
{
    const auto& given = call.arguments;
    const bool texts = given.size() == 2 && std::all_of(given.begin(), given.end(), [](const PickleArgument& one) {
        return one.kind == Kind::Text && !one.built;
    });
    const auto inside = [&given](std::string_view package) {
        return given[0].text == package || given[0].text.starts_with(std::string(package) + '.');
    };
    return texts && (inside("numpy") || inside("scipy.special")) && isPlainName(given[1])
        ? ""
        : "it imports what it is told, and this is no function of NumPy";
}

std::string bitGenerator(const PickleFacts& facts, const PickleCall& call)
{
    const auto isOfRandom = [&facts](const PickleArgument& one) {
        switch (one.kind) {
        case Kind::Text:
            return !one.built && isWord(one.text);
        case Kind::Call:
        case Kind::Global:
            return one.global >= 0
                && facts.globals[static_cast<std::size_t>(one.global)].module.starts_with("numpy.random")
                && judge(facts.globals[static_cast<std::size_t>(one.global)]).kind == Verdict::Kind::Benign;
        default:
            return false;
        }
    };
    return call.argumentsKnown && std::all_of(call.arguments.begin(), call.arguments.end(), isOfRandom)
        ? ""
        : "it calls what it is given, and this is no generator of NumPy";
}

std::string typeName(const PickleCall& call)
{
    constexpr std::array<std::string_view, 12> acting{"BuiltinFunctionType", "BuiltinMethodType", "CellType",
        "CodeType", "FrameType", "FunctionType", "GeneratorType", "LambdaType", "MethodType", "ModuleType",
        "PartialType", "TypeType"};
    const auto& given = call.arguments;
    return given.size() == 1 && given[0].kind == Kind::Text && !given[0].built && isWord(given[0].text)
            && std::find(acting.begin(), acting.end(), given[0].text) == acting.end()
        ? ""
        : "it hands out the type of functions, code or modules";
}

// A function that calls the first of its arguments with the others: they are judged as that call.
std::string functionFirst(const PickleFacts& facts, const PickleCall& call)
{
    const auto* global = call.arguments.empty() ? nullptr : nameOf(facts, call.arguments[0]);
    if (!global) {
        return "its first argument is no known function";
    }
    const auto verdict = judge(*global);
    if (verdict.kind != Verdict::Kind::Benign) {
        // One that nobody knows is told of by itself; here it is enough that it is no function known to do harm.
        const bool pure =
            verdict.kind == Verdict::Kind::Danger && verdict.harm == Harm::Soft && global->module == "builtins";
        return pure || verdict.kind == Verdict::Kind::Unknown ? "" : "its first argument is no known function";
    }
    if (verdict.contract == Contract::None || verdict.use == Use::Value) {
        return {};
    }
    if (verdict.contract == Contract::FunctionFirst) {
        return "it calls a function that calls another";
    }
    PickleCall inner;
    inner.global = call.arguments[0].global;
    inner.how = "REDUCE";
    inner.arguments.assign(call.arguments.begin() + 1, call.arguments.end());
    inner.argumentsKnown = call.argumentsKnown;
    const bool apart = facts.globals[static_cast<std::size_t>(call.global)].module == "functools";
    return apart ? brokenContract(facts, inner, verdict) : "the function it calls is benign with arguments of its own";
}

std::string brokenTerms(const PickleFacts& facts, const PickleCall& call, const Verdict& verdict)
{
    const auto& given = call.arguments;
    if (verdict.use == Use::Value) {
        return "it is only ever referred to, not called";
    }
    switch (verdict.contract) {
    case Contract::None:
        return {};
    case Contract::ClassFirst:
        // copyreg._reconstructor(class, base, state) makes an object of the base first.
        return !given.empty() && isClass(facts, given[0])
                && (!facts.globals[static_cast<std::size_t>(call.global)].name.starts_with("_reconstructor")
                    || (given.size() == 3 && isBase(facts, given[1])))
            ? ""
            : "its first argument is no class, or the second is no class of data";
    case Contract::FunctionFirst:
        return functionFirst(facts, call);
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
        return given.size() == 2 && (isMethodOfClass(facts, given) || isMethodOfData(facts, given))
            ? ""
            : "it is given something else than a known class and a plain name";
    case Contract::Bare:
        return bare(facts, call);
    case Contract::NumpyName:
        return numpyName(call);
    case Contract::BitGenerator:
        return bitGenerator(facts, call);
    case Contract::TypeName:
        return typeName(call);
    }
    return {};
}

// A contract is about arguments that can be seen: whoever is given the function calls it with others.
std::string handsOn(const PickleFacts& facts, const PickleCall& call, const Verdict& verdict)
{
    if (verdict.contract == Contract::FunctionFirst || verdict.contract == Contract::BitGenerator
        || call.how.starts_with("NEWOBJ")) {
        return {}; // judged as the calls that they make; not called
    }
    const auto found = std::find_if(call.handed.begin(), call.handed.end(), [&facts](std::int32_t global) {
        const auto handed = judge(facts.globals[static_cast<std::size_t>(global)]);
        return handed.kind == Verdict::Kind::Benign && handed.use == Use::Call && handed.contract != Contract::None;
    });
    return found == call.handed.end() ? std::string()
                                      : "it is given " + facts.globals[static_cast<std::size_t>(*found)].path()
            + ", which is harmless only with arguments of its own";
}

} // namespace

std::string brokenContract(const PickleFacts& facts, const PickleCall& call, const Verdict& verdict)
{
    auto broken = brokenTerms(facts, call, verdict);
    return broken.empty() ? handsOn(facts, call, verdict) : broken;
}

} // namespace cupel::rules::pickle
