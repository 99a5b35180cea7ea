// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/dependencies/checks.h"

#include <algorithm>

namespace cupel::rules::dependencies {

namespace {

using code::InstallTool;
using code::Requirement;

bool isPlainHttp(std::string_view url)
{
    const auto host = code::urlHost(url);
    return (url.starts_with("http://") || url.starts_with("git+http://")) && host != "localhost" && host != "127.0.0.1";
}

void plainHttp(const FoundItem& found, const std::string& url, Reporter& report)
{
    auto& hit = report.add("CUP-DEP-PLAIN-HTTP", url, Severity::High, Confidence::Certain, found.place,
        "Code is fetched over an unencrypted connection from " + url + ".");
    hit.arguments["url"] = url;
    hit.quotes.emplace_back(found.place.bytes, url);
}

void repository(const FoundItem& found, Reporter& report)
{
    const auto& requirement = found.item.requirement;
    const auto url = toShownUrl(requirement);
    if (code::isCommit(requirement.reference)) {
        return;
    }
    const bool tag =
        !requirement.reference.empty() && requirement.reference.find_first_of("0123456789") != std::string::npos;
    auto& hit = report.add("CUP-DEP-VCS", url, tag ? Severity::Low : Severity::Medium, Confidence::Certain, found.place,
        url + (tag ? " is installed at a tag, which can be moved." : " is installed as it stands on the day."));
    hit.arguments["url"] = url;
    hit.quotes.emplace_back(found.place.bytes, url);
}

void archive(const FoundItem& found, Reporter& report)
{
    const auto& requirement = found.item.requirement;
    if (requirement.hashes > 0) {
        return;
    }
    const auto url = toShownUrl(requirement);
    const auto host = std::string(code::urlHost(requirement.url));
    const bool index = host == "files.pythonhosted.org" || host == "download.pytorch.org";
    auto& hit = report.add("CUP-DEP-URL", url, index ? Severity::Info : Severity::Low, Confidence::Certain, found.place,
        "A package is installed from " + url + " without a hash.");
    hit.arguments["url"] = url;
    hit.quotes.emplace_back(found.place.bytes, url);
}

// A clone, and later an install of a path in the same file: the code of that day runs.
void clones(const Inventory& inventory, Reporter& report)
{
    const FoundItem* clone = nullptr;
    for (const auto& command : inventory.commands) {
        for (const auto& found : command.items) {
            if (command.tool == InstallTool::Git) {
                if (!code::isCommit(found.item.requirement.reference)) {
                    clone = &found;
                }
                continue;
            }
            if (clone && code::isPython(command.tool) && found.item.requirement.kind == Requirement::Kind::Path
                && !command.fromFile) {
                const auto url = shown(code::safeUrl(clone->item.requirement.url));
                auto& hit = report.add("CUP-DEP-CLONE-INSTALL", url, Severity::Low, Confidence::Likely, clone->place,
                    url + " is cloned as it stands on the day and then installed.");
                hit.arguments["url"] = url;
                hit.quotes.emplace_back(clone->place.bytes, url);
                hit.evidence.push_back({"sink", found.place.bytes, found.place.region, found.place.line, {}});
                clone = nullptr;
            }
        }
    }
}

void named(const FoundCommand& command, const FoundItem& found, Reporter& report)
{
    const auto& requirement = found.item.requirement;
    const auto name = shown(requirement.name);
    const bool pinned = requirement.hashes > 0 || !code::exactVersion(requirement.specifier).empty();
    if (pinned || requirement.kind == Requirement::Kind::Hole) {
        return;
    }
    if (command.tool == InstallTool::Pipx) {
        auto& hit = report.add("CUP-DEP-FETCH-RUN", name, Severity::Low, Confidence::Certain, found.place,
            name + " is fetched in its latest version and run at once.");
        hit.arguments["name"] = name;
        hit.quotes.emplace_back(found.place.bytes, name);
    }
}

} // namespace

void checkSources(const Inventory& inventory, Reporter& report)
{
    for (const auto& command : inventory.commands) {
        for (const auto& found : command.items) {
            const auto& requirement = found.item.requirement;
            // Clones are judged below; what runs straight from the network is a rule about code.
            if (command.tool == InstallTool::Git || command.tool == InstallTool::Script) {
                continue;
            }
            if (isPlainHttp(requirement.url)) {
                plainHttp(found, toShownUrl(requirement), report);
            } else if (requirement.kind == Requirement::Kind::Vcs) {
                repository(found, report);
            } else if (requirement.kind == Requirement::Kind::Url) {
                archive(found, report);
            } else {
                named(command, found, report);
            }
        }
    }
    clones(inventory, report);
}

} // namespace cupel::rules::dependencies
