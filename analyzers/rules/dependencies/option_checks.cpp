// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/dependencies/checks.h"

#include <algorithm>
#include <array>
#include <set>

namespace cupel::rules::dependencies {

namespace {

using Kind = code::InstallOption::Kind;

bool isOfficial(std::string_view host)
{
    return host == "pypi.org" || host == "pypi.python.org" || host == "files.pythonhosted.org"
        || host == "cran.r-project.org" || host == "cloud.r-project.org" || host == "registry.npmjs.org"
        || host == "cran.rstudio.com";
}

// Indexes of vendors and public mirrors: everybody sees the same packages there, so no private name can be taken.
bool isKnownHost(std::string_view host)
{
    static constexpr std::array<std::string_view, 29> hosts{"download.pytorch.org", "storage.googleapis.com",
        "pypi.nvidia.com", "pypi.ngc.nvidia.com", "developer.download.nvidia.com", "data.pyg.org",
        "pytorch-geometric.com", "dl.fbaipublicfiles.com", "download.openmmlab.com", "data.dgl.ai", "wheels.vllm.ai",
        "abetlen.github.io", "huggingface.github.io", "pypi.tuna.tsinghua.edu.cn", "mirrors.aliyun.com",
        "pypi.douban.com", "pypi.doubanio.com", "mirrors.cloud.tencent.com", "pypi.mirrors.ustc.edu.cn",
        "repo.huaweicloud.com", "mirror.baidu.com", "mirrors.tuna.tsinghua.edu.cn", "conda.anaconda.org",
        "repo.anaconda.com", "packages.microsoft.com", "azuremlsdktestpypi.azureedge.net",
        "pip.repos.neuron.amazonaws.com", "pypi.anaconda.org", "dist.plone.org"};
    return std::find(hosts.begin(), hosts.end(), host) != hosts.end();
}

bool isLocal(std::string_view value)
{
    const auto host = code::urlHost(value);
    return value.find("://") == std::string_view::npos || value.starts_with("file:") || host == "localhost"
        || host == "127.0.0.1";
}

bool isHole(std::string_view value)
{
    return value.find_first_of("{$") != std::string_view::npos;
}

struct Said {
    std::string text; // of the value, as it may be shown
    std::string host;
};

Said say(const FoundOption& found)
{
    return {shown(code::safeUrl(found.option.value)), std::string(code::urlHost(found.option.value))};
}

void add(Reporter& report, std::string_view rule, const std::string& key, Severity severity, const FoundOption& found,
    std::string message)
{
    auto& hit = report.add(rule, key, severity, isHole(found.option.value) ? Confidence::Possible : Confidence::Certain,
        found.place, std::move(message));
    if (!key.empty()) {
        hit.arguments["value"] = key;
        hit.quotes.emplace_back(found.place.bytes, key);
    }
}

bool anyLoose(const FoundCommand& command)
{
    return std::any_of(command.items.begin(), command.items.end(), [](const FoundItem& found) {
        return found.item.requirement.hashes == 0;
    }) || command.items.empty();
}

void indexes(const FoundCommand& command, const FoundOption& found, Reporter& report)
{
    const auto [text, host] = say(found);
    const auto kind = found.option.kind;
    if (found.option.value.starts_with("http://") && !isLocal(found.option.value)) {
        add(report, "CUP-DEP-PLAIN-HTTP", text, Severity::High, found,
            "Packages are fetched over an unencrypted connection from " + text + ".");
        return;
    }
    if (isOfficial(host) || (isLocal(found.option.value) && kind != Kind::FindLinks && !isHole(found.option.value))) {
        return;
    }
    if (kind == Kind::ExtraIndex) {
        const bool known = isKnownHost(host);
        add(report, "CUP-DEP-EXTRA-INDEX", text,
            known                   ? Severity::Low
                : anyLoose(command) ? Severity::High
                                    : Severity::Medium,
            found, "A second index, " + text + ", is asked beside the first, and the higher version of a name wins.");
    } else if (kind == Kind::Index || kind == Kind::Channel) {
        add(report, "CUP-DEP-INDEX", text, isKnownHost(host) ? Severity::Info : Severity::Low, found,
            "Packages come from " + text + " instead of the public index.");
    } else {
        add(report, "CUP-DEP-FIND-LINKS", text,
            isKnownHost(host) || isLocal(found.option.value) ? Severity::Info : Severity::Medium, found,
            "Packages are also taken from the links at " + text + ".");
    }
}

void option(const FoundCommand& command, const FoundOption& found, Reporter& report)
{
    const auto [text, host] = say(found);
    switch (found.option.kind) {
    case Kind::Index:
    case Kind::ExtraIndex:
    case Kind::FindLinks:
        return indexes(command, found, report);
    case Kind::TrustedHost:
        if (text != "localhost" && !text.starts_with("127.0.0.1")) {
            add(report, "CUP-DEP-TRUSTED-HOST", text, Severity::High, found,
                "The identity of " + text + " is no longer checked when packages are fetched.");
        }
        return;
    case Kind::Pre:
        return add(report, "CUP-DEP-PRE", {}, Severity::Low, found,
            "Releases that their authors call unfinished are installed too.");
    case Kind::NoVerify:
        return add(report, "CUP-DEP-NO-VERIFY", {}, Severity::High, found,
            "A check of what is fetched, or of where from, is switched off.");
    case Kind::BreakSystem:
        return add(report, "CUP-DEP-BREAK-SYSTEM", {}, Severity::Low, found,
            "Packages of the operating system may be overwritten.");
    case Kind::RequirementFile:
    case Kind::Constraint:
        if (found.option.value.starts_with("http://")) {
            add(report, "CUP-DEP-PLAIN-HTTP", text, Severity::High, found,
                "The list of packages is fetched over an unencrypted connection from " + text + ".");
        } else if (found.option.value.starts_with("https://")) {
            add(report, "CUP-DEP-REMOTE-LIST", text, Severity::Medium, found,
                "The list of packages is fetched from " + text + ", where it can change.");
        }
        return;
    case Kind::IndexStrategy:
        if (found.option.value.starts_with("unsafe")) {
            add(report, "CUP-DEP-EXTRA-INDEX", text, Severity::Medium, found,
                "All indexes count the same, so the higher version of a name wins wherever it stands.");
        }
        return;
    case Kind::Channel:
        if (found.option.value.find("://") != std::string::npos) {
            indexes(command, found, report); // one with an address is an index as any other
        }
        return;
    case Kind::RequireHashes:
        return;
    }
}

// defaults beside conda-forge: which one a package comes from depends on the order of the day.
void channels(const Inventory& inventory, Reporter& report)
{
    const FoundOption* defaults = nullptr;
    const FoundOption* forge = nullptr;
    for (const auto& command : inventory.commands) {
        for (const auto& found : command.options) {
            if (found.option.kind == Kind::Channel) {
                defaults = found.option.value == "defaults" || found.option.value == "anaconda" ? &found : defaults;
                forge = found.option.value == "conda-forge" ? &found : forge;
            }
        }
    }
    if (defaults && forge) {
        report.add("CUP-DEP-CHANNELS", {}, Severity::Info, Confidence::Certain, defaults->place,
            "Packages are taken from two conda channels that hold the same names.");
    }
}

} // namespace

void checkOptions(const Inventory& inventory, Reporter& report)
{
    for (const auto& command : inventory.commands) {
        for (const auto& found : command.options) {
            option(command, found, report);
        }
    }
    channels(inventory, report);
}

} // namespace cupel::rules::dependencies
