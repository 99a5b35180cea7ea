// SPDX-License-Identifier: GPL-3.0-or-later
// What putting changes back has in common for all forms: the document that is changed, and beside it the wanted model
// written anew in the same form, from which every value is taken. Used by the file edits only.
#pragma once

#include "analyzers/base/data_draft.h"
#include "analyzers/threats/work/file_model.h"
#include "analyzers/threats/work/team_step.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::report {

// What of a threat is another.
struct ThreatTouch {
    bool added = false;
    bool removed = false;
    bool title = false;
    bool description = false;
    bool mitigation = false;
    bool stride = false;
    bool rating = false;
    bool references = false;
    bool decision = false;
    bool assignee = false;
    bool controls = false;
    [[nodiscard]] bool own() const // that only our own words say, or say more exactly
    {
        return mitigation || stride || rating || references || decision || assignee || controls;
    }
};

struct FileEdit {
    const threats::FileModel& file;
    const threats::TeamModel& now;
    threats::TeamStep step; // from the file to now
    std::map<std::string, ThreatTouch> threats; // by id
    threats::ThreatModel wanted; // places as the file has them
    threats::Imported fresh; // `wanted`, written in the form of the file and read
    DataDraft draft;
    std::map<std::string, std::uint32_t> was; // nodes of parts and threats in the draft, by id
    std::map<std::string, std::uint32_t> is; // in the fresh document
    std::set<std::string> gone; // ids of parts that were removed

    static constexpr std::uint32_t none = DataTree::none;
    [[nodiscard]] const DataTree& from() const { return *fresh.model.document->tree; }
    [[nodiscard]] std::uint32_t nodeWas(const std::string& id) const;
    [[nodiscard]] std::uint32_t nodeIs(const std::string& id) const;
    // Down from the top; none: it is not there.
    [[nodiscard]] std::uint32_t in(std::uint32_t node, std::initializer_list<std::string_view> path) const;
    [[nodiscard]] std::uint32_t inFresh(std::uint32_t node, std::initializer_list<std::string_view> path) const;
    [[nodiscard]] std::string text(std::uint32_t map, std::string_view key) const; // of a scalar; empty: none
    // The value that the fresh document has, or nothing where that has none.
    void copy(std::uint32_t map, std::string_view key, std::uint32_t freshMap);
    // Member that is a map or list; made where it is missing or something else.
    std::uint32_t need(std::uint32_t map, std::string_view key, DataKind kind);
    [[nodiscard]] const threats::DiagramPart* part(const std::string& id) const; // of `wanted`
    [[nodiscard]] threats::Point shiftOf(const std::string& id) const;
};

void editDragon(FileEdit& edit);
void editOpenThreatModel(FileEdit& edit);

} // namespace cupel::report
