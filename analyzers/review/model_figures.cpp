// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/model_figures.h"

#include <array>
#include <cstdio>
#include <utility>

namespace cupel::review {

void Tally::count(ModelChange kind)
{
    switch (kind) {
    case ModelChange::Added:
        ++added;
        break;
    case ModelChange::Removed:
        ++removed;
        break;
    case ModelChange::Changed:
        ++changed;
        break;
    case ModelChange::Renamed:
        ++renamed;
        break;
    }
}

std::string figure(double value)
{
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.6g", value);
    return text.data();
}

std::string shareFigure(std::uint64_t part, std::uint64_t whole)
{
    const double share = whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.3g %%", share);
    return text.data();
}

std::string shapeFigure(const std::vector<std::uint64_t>& shape)
{
    std::string out;
    for (const auto extent : shape) {
        out += (out.empty() ? "" : " \u00d7 ") + std::to_string(extent);
    }
    return out;
}

std::vector<TensorFigure> tensorFigures(const TensorChange& change)
{
    using What = TensorFigure::What;
    std::vector<TensorFigure> out;
    const auto add = [&out](What what, std::string before, std::string after) {
        if (!before.empty() || !after.empty()) {
            out.push_back({what, std::move(before), std::move(after)});
        }
    };
    const auto ofSides = [&](What what, auto text) {
        add(what, change.before ? text(*change.before) : std::string(),
            change.after ? text(*change.after) : std::string());
    };
    ofSides(What::Type, [](const TensorSide& side) { return side.dtype; });
    ofSides(What::Shape, [](const TensorSide& side) { return shapeFigure(side.shape); });
    ofSides(What::Place, [](const TensorSide& side) { return side.file; });
    if (change.difference) {
        const auto ofValues = [&](What what, auto text) {
            const auto one = [&](const formats::SideValues& side) { return side.known ? text(side) : std::string(); };
            add(what, one(change.difference->before), one(change.difference->after));
        };
        using Values = formats::SideValues;
        const auto finite = [](double Values::* value) {
            return [value](const Values& side) { return side.finite() > 0 ? figure(side.*value) : std::string(); };
        };
        ofValues(What::Elements, [](const Values& side) { return std::to_string(side.count); });
        ofValues(What::Least, finite(&Values::least));
        ofValues(What::Most, finite(&Values::most));
        ofValues(What::Mean, finite(&Values::mean));
        const auto& [before, after] = std::pair(change.difference->before, change.difference->after);
        if (before.notNumbers + after.notNumbers > 0) {
            ofValues(What::NotNumbers, [](const Values& side) { return std::to_string(side.notNumbers); });
        }
        if (before.infinite + after.infinite > 0) {
            ofValues(What::Infinite, [](const Values& side) { return std::to_string(side.infinite); });
        }
    }
    ofSides(What::Digest, [](const TensorSide& side) { return side.sha256; });
    return out;
}

LineTally linesOf(const TemplateChange& change)
{
    using Kind = fixes::PreviewRow::Kind;
    LineTally out;
    for (const auto& row : change.rows) {
        out.removed += row.kind == Kind::Removed || row.kind == Kind::Changed ? 1 : 0;
        out.added += row.kind == Kind::Added || row.kind == Kind::Changed ? 1 : 0;
    }
    return out;
}

} // namespace cupel::review
