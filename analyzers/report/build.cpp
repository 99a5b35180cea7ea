// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/build.h"

#include "analyzers/base/hash.h"
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"

#include <algorithm>
#include <array>
#include <map>

namespace cupel::report {

#define CUPEL_REPORT_SECTION(id, title)                                                                                \
    namespace id {                                                                                                     \
    Section build(const Input& input);                                                                                 \
    }
#include "analyzers/report/sections.def"
#undef CUPEL_REPORT_SECTION

namespace {

constexpr auto table = std::to_array<SectionEntry>({
#define CUPEL_REPORT_SECTION(id, title) SectionEntry{#id, title, &id::build},
#include "analyzers/report/sections.def"
#undef CUPEL_REPORT_SECTION
});

// Independent of names and order: the same contents give the same digest wherever they lie.
std::string digestOf(const Workspace& workspace)
{
    std::vector<std::string> digests;
    digests.reserve(workspace.analyses.size());
    for (const auto& [path, analysis] : workspace.analyses) {
        digests.push_back(toHex(analysis->artifact.sha256));
    }
    std::sort(digests.begin(), digests.end());
    Sha256Stream stream;
    for (const std::string& digest : digests) {
        stream.add(digest);
        stream.add("\n");
    }
    return toHex(stream.finish());
}

std::pair<std::string_view, std::string_view> formatNoun(std::string_view format)
{
    if (format == "notebook" || format == "databricks" || format == "marimo" || format == "jupytext"
        || format == "rmarkdown" || format == "zeppelin" || format == "exported_html") {
        return {"notebook", "notebooks"};
    }
    if (format == "python") {
        return {"script", "scripts"};
    }
    if (format == "text") {
        return {"text file", "text files"};
    }
    if (format == "zip") {
        return {"archive", "archives"};
    }
    if (format == "image") {
        return {"image", "images"};
    }
    return {"other file", "other files"};
}

std::string scopeOf(const Workspace& workspace)
{
    std::map<std::string_view, std::pair<std::uint64_t, std::string_view>> counts; // by the noun for many
    for (const auto& [path, analysis] : workspace.analyses) {
        const auto [one, many] = formatNoun(analysis->facts.format);
        auto& entry = counts[many];
        ++entry.first;
        entry.second = one;
    }
    std::vector<std::string> parts;
    for (const std::string_view many : {"notebooks", "scripts", "text files", "archives", "images", "other files"}) {
        const auto found = counts.find(many);
        if (found != counts.end()) {
            parts.push_back(counted(found->second.first, found->second.second, many));
        }
    }
    return parts.empty() ? "nothing opened" : joined(parts);
}

std::string subjectOf(const Workspace& workspace, const Options& options)
{
    if (!options.subject.empty()) {
        return oneLine(options.subject);
    }
    if (workspace.roots.size() == 1) {
        const std::string name = shortPath(workspace.roots, workspace.roots.front());
        return name == "." || name == ".." || name == "/" ? std::string("This folder") : name;
    }
    return counted(workspace.roots.size(), "location", "locations");
}

} // namespace

std::span<const SectionEntry> sections()
{
    return table;
}

Document build(const Workspace& workspace, const Options& options)
{
    Document document;
    document.title = "Audit report";
    document.subject = subjectOf(workspace, options);
    document.scope = scopeOf(workspace);
    document.date = options.date;
    document.digest = digestOf(workspace);
    const Input input{workspace, options, summarize(workspace)};
    for (const SectionEntry& entry : table) {
        const auto& wanted = options.sections;
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), entry.id) == wanted.end()) {
            continue;
        }
        Section section = entry.build(input);
        section.id = entry.id;
        section.title = entry.title;
        document.sections.push_back(std::move(section));
    }
    return document;
}

} // namespace cupel::report
