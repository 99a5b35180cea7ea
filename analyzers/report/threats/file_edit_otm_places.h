// SPDX-License-Identifier: GPL-3.0-or-later
// Places of an Open Threat Model, which are relative to the parent: what was moved is written, and what must be written
// because its parent was. Used by the file edits only.
#pragma once

#include "analyzers/report/threats/file_edit_kit.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace cupel::report {

class OtmPlaces {
public:
    using Ids = std::map<std::string, std::uint32_t>;
    // `ids`: nodes of zones and components; it lives as long and may change. Made before anything is edited.
    OtmPlaces(FileEdit& edit, const Ids& ids);
    void write(); // at the end

private:
    [[nodiscard]] std::string parentOf(const std::string& id) const;
    [[nodiscard]] std::uint32_t representationOf(std::uint32_t node) const;
    [[nodiscard]] std::string anchorOf(std::string id) const;
    void place(const std::string& id, std::uint32_t node);
    void put(const std::string& id, std::uint32_t node, std::uint32_t representation, const threats::Box& box,
        bool moved, bool sized);
    std::string diagramOf(const std::string& part);

    FileEdit& m_edit;
    DataDraft& m_draft;
    const Ids& m_ids;
    std::set<std::string> m_boxed; // parts whose place is said
    std::map<std::string, std::string> m_anchors; // by part, as the file was
};

} // namespace cupel::report
