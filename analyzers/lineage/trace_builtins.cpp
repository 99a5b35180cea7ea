// SPDX-License-Identifier: GPL-3.0-or-later
// Functions of the language itself.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <charconv>

namespace cupel::lineage {

namespace {

} // namespace

// open() and range(), map() and the tables of names.
bool Trace::builtinRange(TraceCall& site, std::string_view name, Ref& result)
{
    const auto first = site.value(0, {});
    if (name == "open") {
        result = openFile(site, site.value(0, "file"), site.value(1, "mode"));
        return true;
    }
    if (const auto of = site.value(0, {}); name == "vars" && !at(of).members.empty()) {
        result = make(ThingKind::Dictionary, site.node); // vars(parser.parse_args())
        at(result).members = at(of).members;
        at(result).takeData(at(of));
        return true;
    }
    if (name == "globals" || name == "locals" || name == "vars") {
        result = object(site.arguments.empty() ? std::string_view("names") : std::string_view(), site.node);
        return true;
    }
    if (name == "map" || name == "filter") {
        const auto results = handOver(site);
        result = make(ThingKind::List, site.node);
        at(result).open = true;
        const auto element = !results.empty() ? results.front() : elementOf(site.value(1, {}), site.node);
        at(result).items = {element};
        at(result).takeData(at(element));
        at(result).takeData(at(site.value(1, {})));
        return true;
    }
    if (name == "range" && !site.arguments.empty() && at(first).kind == ThingKind::Number) {
        const auto numberAt = [&](std::int32_t position, int otherwise) {
            int number = otherwise;
            const auto written = at(site.value(position, {})).text;
            std::from_chars(written.data(), written.data() + written.size(), number);
            return number;
        };
        const bool both = site.arguments.size() > 1;
        const int from = both ? numberAt(0, 0) : 0;
        const int to = both ? numberAt(1, 0) : numberAt(0, 0);
        result = make(ThingKind::List, site.node);
        at(result).open = to - from > 16 || to <= from || site.arguments.size() > 2;
        for (int i = from; i < to && !at(result).open; ++i) {
            const auto item = make(ThingKind::Number, site.node);
            at(item).text = keep(std::to_string(i));
            at(result).items.push_back(item);
        }
        return true;
    }
    return false;
}

// list(), sorted(), next() ...: the same things in a new one.
bool Trace::builtinList(TraceCall& site, std::string_view name, Ref& result)
{
    const auto first = site.value(0, {});
    if (name == "list" && orderCall(site, name, result)) {
        return true;
    }
    if (isOneOf(name, {"list", "tuple", "sorted", "reversed", "set", "iter", "next"})) {
        if (site.arguments.empty()) {
            result = make(ThingKind::List, site.node);
            at(result).open = true;
        } else if (name == "next") {
            result = elementOf(first, site.node);
        } else if (const auto keys = loopItems(first, site.node); !keys.empty() && !at(first).isSequence()) {
            result = make(ThingKind::List, site.node); // of a dictionary
            at(result).items = keys;
            at(result).takeData(at(first));
        } else if (at(first).isSequence()) {
            result = make(name == "tuple" ? ThingKind::Tuple : ThingKind::List, site.node);
            at(result).items = at(first).items;
            at(result).open = at(first).open || name == "reversed";
            at(result).takeData(at(first));
        } else {
            result = derived({first}, site.node, at(first).type);
            if (at(result).from.empty() && at(first).kind == ThingKind::Object) {
                at(result).made = {first}; // iter(rows)
            }
        }
        return true;
    }
    return false;
}

// enumerate() and zip() go in step; dict() by names.
bool Trace::builtinZip(TraceCall& site, std::string_view name, Ref& result)
{
    const auto first = site.value(0, {});
    if (name == "enumerate" || name == "zip") {
        result = make(ThingKind::List, site.node);
        std::vector<std::vector<Ref>> columns;
        std::size_t rows = 64;
        for (const auto& argument : site.arguments) {
            columns.push_back(loopItems(argument.value, site.node));
            rows = columns.back().empty() || at(argument.value).open ? 0 : std::min(rows, columns.back().size());
            at(result).takeData(at(argument.value));
        }
        at(result).open = rows == 0;
        for (std::size_t row = 0; row < std::max<std::size_t>(rows, 1) && !columns.empty(); ++row) {
            const auto tuple = make(ThingKind::Tuple, site.node);
            if (name == "enumerate") {
                at(tuple).items.push_back(make(ThingKind::Unknown, site.node));
            }
            for (std::size_t column = 0; column < columns.size(); ++column) {
                at(tuple).items.push_back(
                    rows > 0 ? columns[column][row] : elementOf(site.arguments[column].value, site.node));
                at(tuple).takeData(at(at(tuple).items.back()));
            }
            at(result).items.push_back(tuple);
        }
        return true;
    }
    if (name == "dict") {
        result = make(ThingKind::Dictionary, site.node);
        const bool more = site.more || std::any_of(site.arguments.begin(), site.arguments.end(), [](const auto& given) {
            return given.name.empty();
        });
        at(result).open = more && (site.more || at(first).kind != ThingKind::Dictionary || at(first).open);
        if (at(first).kind == ThingKind::Dictionary) {
            at(result).members = at(first).members;
            at(result).items = at(first).items;
        }
        at(result).takeData(at(first));
        at(result).columns = at(first).columns;
        for (const auto& argument : site.arguments) {
            if (!argument.name.empty()) {
                at(result).setMember(argument.name, argument.value);
                at(result).items.push_back(argument.value);
                at(result).takeData(at(argument.value));
            }
        }
        return true;
    }
    return false;
}

// What is known of objects by name.
bool Trace::builtinObject(TraceCall& site, std::string_view name, Ref& result)
{
    const auto first = site.value(0, {});
    if (name == "str" && at(first).isConstant()) {
        result = first;
        return true;
    }
    if (isOneOf(name, {"float", "int"})) {
        result = derived({first}, site.node, name); // a number: += makes a new one
        return true;
    }
    if (name == "range") {
        result = make(ThingKind::Unknown, site.node);
        return true;
    }
    if (isOneOf(name,
            {"print", "len", "isinstance", "type", "id", "hash", "help", "dir", "callable", "hasattr", "display"})) {
        result = make(ThingKind::Unknown, site.node);
        if (name != "print") {
            at(result).takeData(at(first));
            at(result).rows.clear();
        }
        return true;
    }
    if (name == "getattr" && at(site.value(1, {})).kind == ThingKind::Text) {
        result = memberOf(first, at(site.value(1, {})).text, site.node, true);
        return true;
    }
    if (name == "setattr" && at(site.value(1, {})).kind == ThingKind::Text && first != 0) {
        at(first).setMember(at(site.value(1, {})).text, site.value(2, {}));
        mutate(first, {site.value(2, {})}, site.node, "setattr");
        return true;
    }
    if (name == "super") {
        result = superOf(site.node);
        return result != 0;
    }
    if (name == "input") {
        const auto where = place(site.node);
        const auto node = m_out.node(NodeKind::Unknown, "input:" + placeId(site.node, {}), "input", where);
        m_out.source(node, SourceKind::Argument, "input", where);
        result = fromSource(node, {}, site.node);
        return true;
    }
    return false;
}

bool Trace::builtin(TraceCall& site, std::string_view name, Ref& result)
{
    return builtinRange(site, name, result) || builtinList(site, name, result) || builtinZip(site, name, result)
        || builtinObject(site, name, result);
}

} // namespace cupel::lineage
