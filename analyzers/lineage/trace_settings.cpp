// SPDX-License-Identifier: GPL-3.0-or-later
// Settings that code reads from files of the workspace: json.load(open("config.json"))["data"].
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

namespace cupel::lineage {

// The values of a file of settings as a dictionary of dictionaries; `into` takes them.
void Trace::takeSettings(Ref into, std::uint32_t node)
{
    for (const auto written : at(into).locators) {
        const auto settings = m_files.settings(joinPath(workingFolder(), written));
        if (!settings) {
            continue;
        }
        at(into).kind = ThingKind::Dictionary;
        at(into).open = true;
        for (const auto& [name, value] : *settings) {
            if (spent()) {
                return;
            }
            Ref inside = into;
            std::string_view rest = name;
            for (int depth = 0; depth < 8; ++depth) {
                const auto dot = rest.find('.');
                const auto key = keep(std::string(rest.substr(0, dot)));
                if (dot == std::string_view::npos) {
                    const auto item = text(value, node);
                    at(item).takeData(at(into));
                    at(item).rows.clear();
                    at(inside).setMember(key, item);
                    break;
                }
                auto next = at(inside).member(key);
                if (next == 0) {
                    next = make(ThingKind::Dictionary, node);
                    at(next).open = true;
                    at(inside).setMember(key, next);
                }
                inside = next;
                rest.remove_prefix(dot + 1);
            }
        }
    }
}

} // namespace cupel::lineage
