// SPDX-License-Identifier: GPL-3.0-or-later
// Values that stand in the code, or that it fills in: they are sources once something learns from them.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxParts = 64; // of one value that are looked into
constexpr std::size_t maxWritten = 1'024; // items that are looked at before the rest is taken for the same

bool isContainer(const Thing& thing)
{
    return thing.isSequence() || thing.kind == ThingKind::Dictionary;
}

} // namespace

// [1, 2], {"a": [1, 2]}: no part of it comes from another place of the code.
bool Trace::writtenThere(Ref list) const
{
    const auto where = m_things[list].place;
    if (where.unit >= m_units.size() || where.node >= cellOf(where.unit).syntax.size()) {
        return true;
    }
    const auto stop = cellOf(where.unit).syntax[where.node].stop;
    std::vector<Ref> work{list};
    std::size_t seen = 0;
    for (std::size_t done = 0; done < work.size() && done < maxParts; ++done) {
        for (const auto item : m_things[work[done]].items) {
            if (++seen > maxWritten) {
                return true;
            }
            const auto& part = m_things[item];
            const bool inside =
                part.place.unit == where.unit && part.place.node >= where.node && part.place.node < stop;
            if (part.kind == ThingKind::Object || (isContainer(part) && !inside)) {
                return false;
            }
            if (isContainer(part) && work.size() < maxParts) {
                work.push_back(item);
            }
        }
    }
    return true;
}

// What a value without a source was put together from.
std::vector<Ref> Trace::madeOf(Ref value) const
{
    const auto& thing = m_things[value];
    if (isContainer(thing)) {
        return thing.items;
    }
    std::vector<Ref> parts;
    if (thing.kind == ThingKind::Object && thing.modelNode == none && !isModelType(thing.type)) {
        parts = thing.made;
        for (const auto& [name, part] : thing.madeBy) {
            parts.push_back(part);
        }
        parts.push_back(thing.self);
    }
    return parts;
}

// One source for a list or for what filled an array. 0: it is neither.
Ref Trace::madeUp(Ref value, std::uint32_t node)
{
    const auto& thing = at(value);
    charge(isContainer(thing) ? thing.items.size() / 16 + 1 : 1);
    const bool literal = isContainer(thing) && !thing.items.empty() && !thing.open && writtenThere(value);
    if (!literal && !thing.blank) {
        return 0;
    }
    const auto made = thing.place;
    const auto name = thing.blank ? thing.text : std::string_view("literal");
    const auto kind = thing.blank ? SourceKind::Generated : SourceKind::Literal;
    const auto where = placeOf(made);
    const auto id = (kind == SourceKind::Literal ? "literal:" : "generated:") + placeIdOf(made);
    const auto index = m_out.node(NodeKind::Dataset, id,
        kind == SourceKind::Literal ? std::string_view("written in the code") : lastPart(name), where);
    m_out.source(index, kind, std::string(name), where);
    const auto source = fromSource(index, {}, node);
    for (const auto set : at(source).rows) {
        m_rows[set].written = kind == SourceKind::Literal;
    }
    return source;
}

Ref Trace::literalSource(Ref value, std::uint32_t node)
{
    if (m_uncalled || value == 0 || !at(value).from.empty()) {
        return value;
    }
    std::vector<Ref> work{value};
    for (std::size_t done = 0; done < work.size() && work.size() < maxParts; ++done) {
        const auto part = work[done];
        if (!at(part).from.empty()) {
            at(value).takeData(at(part));
        } else if (const auto source = madeUp(part, node); source != 0) {
            at(part).takeData(at(source));
            at(value).takeData(at(source));
        } else if (!at(part).open) {
            const auto inner = madeOf(part);
            std::copy_if(inner.begin(), inner.end(), std::back_inserter(work), [&](Ref other) {
                return other != 0 && !at(other).isConstant()
                    && std::find(work.begin(), work.end(), other) == work.end();
            });
        }
    }
    return value;
}

// zeros(), ones(), arange(), tf.range(): arrays that nobody measured.
bool Trace::blankValues(TraceCall& site, std::string_view name, Ref& result)
{
    const auto dot = name.find('.');
    const auto library = name.substr(0, dot == std::string_view::npos ? 0 : dot);
    if (!isOneOf(library, {"numpy", "tensorflow", "torch", "jax"})
        || !(isOneOf(lastPart(name), {"zeros", "ones", "full", "eye", "identity", "arange", "fill"})
            || (library != "numpy" && lastPart(name) == "range")
            || (isOneOf(library, {"torch", "jax"}) && lastPart(name) == "linspace"))
        || std::any_of(site.arguments.begin(), site.arguments.end(),
            [this](const auto& argument) { return !at(argument.value).from.empty(); })) {
        return false;
    }
    result = object(library == "torch" ? std::string_view("torch.Tensor")
            : library == "tensorflow"  ? std::string_view("tensorflow.Tensor")
                                       : std::string_view("numpy.ndarray"),
        site.node);
    at(result).blank = true;
    at(result).text = name;
    return true;
}

} // namespace cupel::lineage
