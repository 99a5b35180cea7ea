// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/package_flows.h"

#include <optional>
#include <string_view>

namespace cupel::threats {

namespace {

constexpr std::string_view plainIndex = "CUP-DEP-PLAIN-HTTP"; // a rule of the scan: an index without encryption

struct Plain {
    std::string folder; // of the file that names it; what lies below installs from it
    const Finding* finding = nullptr;
};

std::vector<Plain> plainIndexes(const AnalysesByPath& analyses)
{
    constexpr std::size_t most = 64;
    std::vector<Plain> out;
    for (const auto& [path, analysis] : analyses) {
        for (const Finding& finding : analysis->findings) {
            if (finding.rule == plainIndex && finding.settled.empty() && out.size() < most) {
                // Of code itself: it alone installs so.
                const bool code = path.ends_with(".py") || path.ends_with(".ipynb");
                out.push_back({code ? path : path.substr(0, path.size() - fileName(path).size()), &finding});
            }
        }
    }
    return out;
}

} // namespace

void drawPackages(ModelBuilder& builder, const AnalysesByPath& analyses, const Installs& installs)
{
    const std::vector<Plain> plain = plainIndexes(analyses);
    std::optional<std::uint32_t> index; // one for all: what matters is that it is outside
    const auto know = [&] {
        if (!index) {
            index = builder.add("package-index", "packages", "Package index");
            builder.say(*index, "origin", "public");
        }
    };
    const auto install = [&](std::uint32_t element, const std::string& path, const std::string& at) -> Flow& {
        know();
        Flow& way = builder.flow(*index, element, "installs", "code", at);
        ModelBuilder::encrypted(way);
        for (const Plain& one : plain) {
            if (path.starts_with(one.folder)) {
                setAttribute(way, "protocol", "http", Origin::Scanned);
                setAttribute(way, "encrypted", "false", Origin::Scanned);
                builder.out.evidence.findings[way.id].push_back(one.finding);
                builder.out.evidence.tied.try_emplace({way.id, one.finding}, one.finding->location.human);
                builder.out.evidence.onFlows.insert(one.finding);
                break;
            }
        }
        return way;
    };
    for (const auto& [path, analysis] : analyses) {
        if (analysis->dependencies.empty()) {
            continue;
        }
        know();
        if (const auto found = builder.byPath.find(path); found != builder.byPath.end()) {
            install(found->second, path, analysis->artifact.path);
        }
    }
    for (const auto& [element, path] : installs) { // when a server of tools is started: from another index
        know();
        ModelBuilder::encrypted(builder.flow(*index, element, "installs", "code", path));
    }
}

} // namespace cupel::threats
