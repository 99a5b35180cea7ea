// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/label_rides.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxSteps = 256; // of pipelines in pipelines
constexpr int maxDepth = 4;

// They look at every column that they are given.
bool takesAll(std::string_view type)
{
    constexpr std::string_view libraries[] = {"sklearn.", "imblearn.", "xgboost.", "lightgbm.", "catboost.", "keras."};
    return lastPart(type) != "FunctionTransformer"
        && std::any_of(
            std::begin(libraries), std::end(libraries), [type](auto name) { return type.starts_with(name); });
}

} // namespace

bool LabelRides::rides(Ref model, Ref data, std::string_view label)
{
    const auto& frame = at(data);
    const auto holds = [label](
                           const auto& names) { return std::find(names.begin(), names.end(), label) != names.end(); };
    if (holds(frame.dropped) || (!frame.columns.empty() && !holds(frame.columns))) {
        return false;
    }
    return lets(model, label, 0) == Lets::All;
}

Ref LabelRides::given(const Thing& thing, std::string_view name) const
{
    const auto hit = std::find_if(
        thing.madeBy.begin(), thing.madeBy.end(), [name](const auto& entry) { return entry.first == name; });
    return hit != thing.madeBy.end() ? hit->second : thing.made.empty() ? Ref{0} : thing.made.front();
}

LabelRides::Lets LabelRides::lets(Ref part, std::string_view label, int depth)
{
    const auto& thing = at(part);
    if (depth >= maxDepth || ++m_seen > maxSteps) {
        return Lets::Unknown;
    }
    if (thing.kind == ThingKind::Text || thing.kind == ThingKind::Nothing) {
        return Lets::All; // "passthrough"
    }
    if (thing.kind != ThingKind::Object || thing.local != none) {
        return depth == 0 && thing.local == none ? Lets::All : Lets::Unknown; // a class of one's own may choose
    }
    const auto name = lastPart(thing.type);
    if (name == "ColumnTransformer") {
        return columns(thing, label);
    }
    if (name == "Pipeline" || name == "make_pipeline") {
        return steps(thing, label, depth);
    }
    if (name == "FeatureUnion" || name == "make_union") {
        return side(thing, label, depth);
    }
    if (has(name, "SearchCV") || has(name, "Calibrated") || has(name, "Bagging")
        || name == "TransformedTargetRegressor") {
        const auto inner = given(thing, name == "TransformedTargetRegressor" ? "regressor" : "estimator");
        return inner != 0 ? lets(inner, label, depth + 1) : Lets::All;
    }
    return depth == 0 || takesAll(thing.type) ? Lets::All : Lets::Unknown;
}

// The first step that chooses decides for those behind it.
LabelRides::Lets LabelRides::steps(const Thing& pipeline, std::string_view label, int depth)
{
    const auto list = given(pipeline, "steps");
    for (const auto step : at(list).isSequence() ? at(list).items : std::vector<Ref>{}) {
        const bool named = at(step).isSequence() && !at(step).items.empty();
        const auto way = lets(named ? at(step).items.back() : step, label, depth + 1);
        if (way != Lets::All) {
            return way;
        }
    }
    return at(list).isSequence() && !at(list).open ? Lets::All : Lets::Unknown;
}

// What stands beside each other: one that takes all is enough.
LabelRides::Lets LabelRides::side(const Thing& together, std::string_view label, int depth)
{
    const auto list = given(together, "transformer_list");
    const auto parts = at(list).isSequence() ? at(list).items : together.made;
    auto all = Lets::NotIt;
    for (const auto part : parts) {
        const bool named = at(part).isSequence() && !at(part).items.empty();
        const auto way = lets(named ? at(part).items.back() : part, label, depth + 1);
        if (way == Lets::All) {
            return way;
        }
        all = way == Lets::Unknown ? way : all;
    }
    return parts.empty() ? Lets::Unknown : all;
}

// [("name", step, columns), ...], or the same without names.
LabelRides::Lets LabelRides::columns(const Thing& transformer, std::string_view label) const
{
    auto triples = at(given(transformer, "transformers")).items;
    if (!triples.empty() && !at(triples.front()).isSequence()) {
        triples = transformer.made;
    }
    bool unknown = triples.empty();
    bool out = false;
    for (const auto triple : triples) {
        const auto& items = at(triple).items;
        if (items.size() < 2) {
            unknown = true;
            continue;
        }
        const bool drops = at(items[items.size() - 2]).text == "drop";
        const auto way = listed(items.back(), label);
        if (way == Lets::All && !drops) {
            return way;
        }
        out = out || (drops && way != Lets::NotIt);
        unknown = unknown || (!drops && way == Lets::Unknown);
    }
    const auto& entries = transformer.madeBy;
    const auto rest =
        std::find_if(entries.begin(), entries.end(), [](const auto& entry) { return entry.first == "remainder"; });
    if (rest != entries.end() && at(rest->second).text != "drop") {
        return out ? Lets::NotIt : Lets::All;
    }
    return unknown ? Lets::Unknown : Lets::NotIt;
}

// Whether a list of columns holds the label.
LabelRides::Lets LabelRides::listed(Ref columns, std::string_view label) const
{
    const auto& list = at(columns);
    if (list.kind == ThingKind::Text) {
        return list.text == label ? Lets::All : Lets::NotIt;
    }
    if (!list.isSequence()) {
        return Lets::Unknown;
    }
    bool whole = !list.open && !list.items.empty();
    for (const auto item : list.items) {
        if (at(item).kind == ThingKind::Text && at(item).text == label) {
            return Lets::All;
        }
        whole = whole && at(item).kind == ThingKind::Text;
    }
    return whole ? Lets::NotIt : Lets::Unknown;
}

} // namespace cupel::lineage
