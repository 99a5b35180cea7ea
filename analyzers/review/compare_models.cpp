// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/compare_models.h"

#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/review/compare_model_steps.h"

#include <algorithm>

namespace cupel::review {

namespace {

bool isModel(const Analysis& analysis)
{
    const auto* model = analysis.facts.model.get();
    const auto& regions = analysis.facts.regions;
    return (model && model->kind != "zip archive") || formats::pickleFacts(analysis.facts)
        || std::any_of(
            regions.begin(), regions.end(), [](const Region& region) { return region.kind == RegionKind::Template; });
}

// What the file calls itself; of a folder, or an archive without a name for it, the first that has tensors.
std::string kindOf(const std::vector<FileChange>& files, AnalysisPtr FileChange::* side, Masks& masks)
{
    std::string found;
    for (const auto& file : files) {
        const auto& analysis = file.*side;
        if (!analysis || !isModel(*analysis)) {
            continue;
        }
        const auto* model = analysis->facts.model.get();
        auto kind = model ? masks.shown(*analysis, model->kind) : std::string();
        kind = kind.empty() ? std::string(analysis->facts.format) : kind;
        const bool whole = file.place.empty() && model && !model->kind.empty() && analysis->facts.format == "zip";
        if (whole || (model && model->tensorCount > 0)) {
            return kind;
        }
        found = found.empty() ? kind : found;
    }
    return found;
}

void compareMembers(const std::vector<FileChange>& files, Budget& budget, ModelComparison& out)
{
    const auto sideOf = [](const Analysis& analysis) {
        return MemberSide{analysis.size, toHex(analysis.artifact.sha256)};
    };
    const bool deep = std::any_of(files.begin(), files.end(), [](const FileChange& file) {
        return !file.place.empty() && (!file.before || !file.after || bytesDiffer(file));
    });
    for (const auto& file : files) {
        // A container differs because its members do; else the file is a row of its own.
        if (file.place.empty() && (deep || !bytesDiffer(file))) {
            continue;
        }
        MemberChange change{ModelChange::Changed, placeOf(file), {}, {}, {}, false};
        if (file.place.empty()) {
            change.name = file.path.substr(file.path.rfind('/') + 1);
            change.root = true;
        }
        if (file.before) {
            change.before = sideOf(*file.before);
        }
        if (file.after) {
            change.after = sideOf(*file.after);
        }
        if (file.before && file.after && file.before->artifact.sha256 == file.after->artifact.sha256) {
            out.sameMembers.add({std::move(change.name), {}, {}, {}, {}, file.after->size});
            continue;
        }
        if (bytesDiffer(file)) {
            change.bytes = byteDifference(file, budget);
            out.complete = out.complete && change.bytes->counted;
        }
        change.kind = !file.before ? ModelChange::Added : !file.after ? ModelChange::Removed : ModelChange::Changed;
        out.members.push_back(std::move(change));
    }
}

} // namespace

std::string_view toString(ModelChange change)
{
    switch (change) {
    case ModelChange::Added:
        return "added";
    case ModelChange::Removed:
        return "removed";
    case ModelChange::Renamed:
        return "renamed";
    case ModelChange::Changed:
        break;
    }
    return "changed";
}

std::string Masks::shown(const Analysis& analysis, std::string_view text)
{
    auto found = m_masks.find(&analysis);
    if (found == m_masks.end()) {
        found = m_masks.emplace(&analysis, NameMask(analysis)).first;
    }
    return found->second(text);
}

std::string placeOf(const FileChange& file)
{
    return file.place.starts_with('!') ? file.place.substr(1) : file.place;
}

bool holdsModel(const std::vector<FileChange>& files)
{
    return std::any_of(files.begin(), files.end(), [](const FileChange& file) {
        return (file.before && isModel(*file.before)) || (file.after && isModel(*file.after));
    });
}

std::optional<ModelComparison> compareModels(const std::vector<FileChange>& files, Budget& budget)
{
    if (!holdsModel(files)) {
        return std::nullopt;
    }
    Masks masks;
    ModelComparison out;
    out.kindBefore = kindOf(files, &FileChange::before, masks);
    out.kindAfter = kindOf(files, &FileChange::after, masks);
    compareMembers(files, budget, out);
    compareTensors(files, masks, budget, out);
    compareMetadata(files, masks, budget, out);
    compareTemplates(files, masks, budget, out);
    comparePrograms(files, masks, budget, out);
    compareNames(files, masks, out);
    return out;
}

} // namespace cupel::review
