// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/rds/rds_walk.h"

namespace cupel::formats::rds {

namespace {

// Types as R's serialisation numbers them.
enum Type : std::uint8_t {
    Symbol = 1,
    List = 2,
    Closure = 3,
    Environment = 4,
    Promise = 5,
    Call = 6,
    SpecialFunction = 7,
    BuiltIn = 8,
    Characters = 9,
    Logical = 10,
    Integer = 13,
    Real = 14,
    Complex = 15,
    Strings = 16,
    Dots = 17,
    Values = 19,
    Expressions = 20,
    Bytecode = 21,
    Pointer = 22,
    WeakReference = 23,
    Raw = 24,
    S4 = 25,
    CodeAttributeList = 239,
    CodeAttributeCall = 240,
    BaseEnvironment = 241,
    EmptyEnvironment = 242,
    CodeReference = 243,
    CodeDefinition = 244,
    Persistent = 247,
    Package = 248,
    Namespace = 249,
    BaseNamespace = 250,
    MissingArgument = 251,
    Unbound = 252,
    GlobalEnvironment = 253,
    Nil = 254,
    Reference = 255,
    Alternative = 238, // compact forms, version 3
};

constexpr std::uint32_t hasAttributes = 1U << 9;
constexpr std::uint32_t hasTag = 1U << 10;
constexpr std::uint32_t activeBinding = 1U << 27;
constexpr std::size_t deepest = 10'000; // R itself gives up at 5,000 nested expressions

} // namespace

bool Walk::push(What what, std::uint64_t left)
{
    if (m_tasks.size() >= deepest) {
        return m_wire.broken("it is nested deeper than R reads");
    }
    if (left > 0) {
        m_tasks.push_back({what, left});
    }
    return true;
}

bool Walk::run()
{
    m_tasks.push_back({});
    while (!m_tasks.empty()) {
        const auto task = m_tasks.back();
        m_tasks.pop_back();
        if (!m_wire.spend(16)) {
            return false;
        }
        if (task.what == What::Items && task.left > 1) {
            m_tasks.push_back({What::Items, task.left - 1});
        }
        if (!step(task)) {
            return false;
        }
    }
    return true;
}

bool Walk::step(Task task)
{
    switch (task.what) {
    case What::Code:
        return push(What::CodeOf) && item(What::Items);
    case What::CodeOf: {
        std::uint64_t count = 0;
        return m_source.length(4, count) && push(What::Constants, count);
    }
    case What::Constants:
        return constants(task.left);
    case What::CodeList:
        return codeList();
    default:
        return item(task.what);
    }
}

bool Walk::item(What what)
{
    const auto place = m_wire.at();
    std::int64_t word = 0;
    if (!m_source.integer(word)) {
        return false;
    }
    const auto flags = static_cast<std::uint32_t>(word);
    const auto type = flags & 0xFFU;
    if (what == What::PromiseValue) {
        // The code comes after the value: it is judged when it does.
        if (!push(type == Unbound ? What::PromiseCode : What::Items)) {
            return false;
        }
    } else if (what == What::PromiseCode && (type == Call || type == Bytecode)) {
        m_wire.model().addFlaw("r-promise", {place, m_wire.at()});
    }
    return object(type, flags, place);
}

void Walk::code(std::string_view what, std::uint64_t place)
{
    m_wire.model().addFlaw("r-code", {place, m_wire.at()}, std::string(what));
}

bool Walk::object(unsigned type, std::uint32_t flags, std::uint64_t place)
{
    const bool attributes = (flags & hasAttributes) != 0;
    switch (type) {
    case List:
    case Closure:
    case Promise:
    case Call:
    case Dots:
        return pair(type, flags, place);
    case Bytecode: {
        code("bytecode", place);
        std::int64_t shared = 0;
        if (!m_source.integer(shared)) {
            return false;
        }
        return shared < 0 ? m_wire.broken("bytecode has a negative count")
                          : push(What::Items, attributes ? 1 : 0) && push(What::Code);
    }
    case Symbol:
        ++m_references;
        return push(What::Items);
    case Environment: {
        std::int64_t locked = 0;
        ++m_references;
        return m_source.integer(locked) && push(What::Items, 4);
    }
    case Pointer:
        ++m_references;
        return push(What::Items, attributes ? 3 : 2);
    case WeakReference:
        ++m_references;
        return push(What::Items, attributes ? 1 : 0);
    case S4:
        return push(What::Items, attributes ? 1 : 0);
    case Alternative:
        return push(What::Items, 3);
    default:
        return type >= CodeAttributeList ? special(type, flags) : vector(type, attributes);
    }
}

// Attributes, tag, first, rest. Of a promise: environment, value, code.
bool Walk::pair(unsigned type, std::uint32_t flags, std::uint64_t place)
{
    if (type == Call || type == Closure) {
        code(type == Call ? "a call or a formula" : "a function", place);
    }
    if (type == List && (flags & activeBinding) != 0) {
        m_wire.model().addFlaw("r-active", {place, m_wire.at()});
    }
    const auto before = ((flags & hasAttributes) != 0 ? 1U : 0U) + ((flags & hasTag) != 0 ? 1U : 0U);
    if (type == Promise) {
        return push(What::PromiseValue) && push(What::Items, before);
    }
    return push(What::Items, before + 2);
}

bool Walk::vector(unsigned type, bool attributes)
{
    if (!push(What::Items, attributes ? 1 : 0)) {
        return false;
    }
    std::uint64_t count = 0;
    switch (type) {
    case Characters:
        return characters();
    case SpecialFunction:
    case BuiltIn: {
        ByteRange name;
        return m_source.length(1, count) && m_source.string(count, name);
    }
    case Logical:
    case Integer:
        return m_source.length(4, count) && m_source.numbers(count, 4);
    case Real:
        return m_source.length(8, count) && m_source.numbers(count, 8);
    case Complex:
        return m_source.length(16, count) && m_source.numbers(count, 16);
    case Raw:
        return m_source.length(1, count) && m_source.numbers(count, 1);
    case Strings:
    case Values:
    case Expressions:
        return m_source.length(4, count) && push(What::Items, count);
    default:
        return m_wire.broken("there is no type " + std::to_string(type));
    }
}

bool Walk::characters()
{
    std::int64_t size = 0;
    if (!m_source.integer(size)) {
        return false;
    }
    if (size == -1) { // NA
        return true;
    }
    if (size < 0) {
        return m_wire.broken("the length of a text is negative");
    }
    ByteRange place;
    if (!m_source.string(static_cast<std::uint64_t>(size), place)) {
        return false;
    }
    m_wire.text(place, "text");
    return true;
}

bool Walk::special(unsigned type, std::uint32_t flags)
{
    switch (type) {
    case Nil:
    case GlobalEnvironment:
    case Unbound:
    case MissingArgument:
    case BaseNamespace:
    case EmptyEnvironment:
    case BaseEnvironment:
        return true;
    case Namespace:
    case Package:
    case Persistent:
        ++m_references;
        return names();
    case Reference: {
        std::int64_t index = flags >> 8;
        if (index == 0 && !m_source.integer(index)) {
            return false;
        }
        return index >= 1 && static_cast<std::uint64_t>(index) <= m_references
            ? true
            : m_wire.broken("a reference leads to nothing");
    }
    default:
        return m_wire.broken("there is no type " + std::to_string(type));
    }
}

bool Walk::names()
{
    std::int64_t zero = 0;
    std::uint64_t count = 0;
    if (!m_source.integer(zero) || !m_source.length(4, count)) {
        return false;
    }
    return zero == 0 ? push(What::Items, count) : m_wire.broken("names of a package have names");
}

bool Walk::constants(std::uint64_t left)
{
    std::int64_t type = 0;
    if (!push(What::Constants, left - 1) || !m_source.integer(type)) {
        return false;
    }
    switch (type) {
    case Bytecode:
        return push(What::Code);
    case Call:
    case List:
    case CodeDefinition:
    case CodeReference:
    case CodeAttributeCall:
    case CodeAttributeList:
        return codeListOf(type);
    default:
        return push(What::Items);
    }
}

bool Walk::codeList()
{
    std::int64_t type = 0;
    return m_source.integer(type) && codeListOf(type);
}

// A call as bytecode keeps it. The type stands before, the tag has flags of its own.
bool Walk::codeListOf(std::int64_t type)
{
    std::int64_t position = 0;
    if (type == CodeReference) {
        return m_source.integer(position);
    }
    if (type == CodeDefinition && (!m_source.integer(position) || !m_source.integer(type))) {
        return false;
    }
    if (type != Call && type != List && type != CodeAttributeCall && type != CodeAttributeList) {
        return push(What::Items);
    }
    const bool attributes = type == CodeAttributeCall || type == CodeAttributeList;
    return push(What::CodeList) && push(What::CodeList) && push(What::Items, attributes ? 2 : 1);
}

} // namespace cupel::formats::rds
