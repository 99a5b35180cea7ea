// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/roles_file.h"

#include "analyzers/engine/file_source.h"

namespace cupel::engine {

std::shared_ptr<const lineage::ApiRoles> rolesFrom(
    const std::string& path, Budget& budget, std::vector<lineage::LineageGraph::Note>& notes)
{
    if (!path.empty()) {
        const auto text = readFile(path, budget);
        if (!text.ok()) {
            notes.push_back({path, "roles-unreadable", text.error().detail});
        } else {
            auto table = lineage::ApiRoles::withRows(*text.value());
            if (table.ok()) {
                return table.value();
            }
            notes.push_back({path, "roles-malformed", table.error().detail});
        }
    }
    return lineage::ApiRoles::builtIn();
}

} // namespace cupel::engine
