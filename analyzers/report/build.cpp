// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/build.h"

#include "analyzers/base/hash.h"
#include "analyzers/report/model_whole.h"
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"

#include <algorithm>
#include <array>
#include <map>

namespace cupel::report {

using namespace std::string_view_literals;

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

// Independent of names and order: the same contents give the same digest wherever they lie. Empty: not all were asked
// for.
std::string digestOf(const Workspace& workspace)
{
    std::vector<std::string> digests;
    digests.reserve(workspace.analyses.size());
    for (const auto& [path, analysis] : workspace.analyses) {
        if (analysis->artifact.sha256 == Sha256{} && analysis->facts.status != ReadStatus::Unreadable) {
            return {};
        }
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
    if (format == "text" || format == "hub" || format == "jinja") {
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

std::pair<std::string_view, std::string_view> nounOf(const Analysis& analysis)
{
    const auto& facts = analysis.facts;
    if (facts.format == "unknown" && facts.status == ReadStatus::Complete && !analysis.artifact.parent.empty()) {
        return {"member of tensor data", "members of tensor data"}; // told by the pickle beside it
    }
    const auto noun = formatNoun(facts.format);
    return noun.first == "other file" && isModel(analysis) ? std::pair{"model file"sv, "model files"sv} : noun;
}

std::string scopeOf(const Workspace& workspace)
{
    std::map<std::string_view, std::pair<std::uint64_t, std::string_view>> counts; // by the noun for many
    for (const auto& [path, analysis] : workspace.analyses) {
        const auto [one, many] = nounOf(*analysis);
        auto& entry = counts[many];
        ++entry.first;
        entry.second = one;
    }
    std::vector<std::string> parts;
    for (const std::string_view many : {"notebooks", "scripts", "model files", "members of tensor data", "text files",
             "archives", "images", "other files"}) {
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

// Counts of what is still open: findings that a decision covers are none of it.
Summary openSummary(const Workspace& workspace, const Options& options)
{
    Summary summary = summarize(workspace);
    for (const auto& [path, analysis] : workspace.analyses) {
        for (const Finding& finding : analysis->findings) {
            if (finding.settled.empty() && isSettled(options, finding)) {
                --summary.bySeverity[static_cast<std::size_t>(finding.severity)];
                ++summary.settled;
            }
        }
    }
    return summary;
}

Input inputOf(const Workspace& workspace, const Options& options)
{
    Input input{workspace, options, openSummary(workspace, options), std::nullopt};
    if (options.profile) {
        const auto decided = [&options](const Finding& finding) { return isSettled(options, finding); };
        input.verdict = review::judge(*options.profile, workspace, decided, options.lookedAt);
    }
    return input;
}

} // namespace

std::span<const SectionEntry> sections()
{
    return table;
}

Workspace withDecisions(const Workspace& workspace, const Options& options)
{
    Workspace out = workspace;
    if (options.decisions.empty()) {
        return out;
    }
    for (auto& [path, analysis] : out.analyses) {
        std::shared_ptr<Analysis> copy; // made for the first finding that changes
        for (std::size_t i = 0; i < analysis->findings.size(); ++i) {
            const Finding& finding = analysis->findings[i];
            if (!finding.settled.empty()
                || options.decisions.stateOf(finding, options.today) != review::DecisionState::Active) {
                continue;
            }
            copy = copy ? copy : std::make_shared<Analysis>(*analysis);
            const review::Decision* decision = options.decisions.find(finding);
            copy->findings[i].settled = review::toString(decision->reason);
            copy->findings[i].settledNote = decision->author + (decision->note.empty() ? "" : ": " + decision->note);
        }
        if (copy) {
            analysis = std::move(copy);
        }
    }
    return out;
}

Document build(const Workspace& workspace, const Options& options)
{
    Document document;
    document.title = "Audit report";
    document.subject = subjectOf(workspace, options);
    document.scope = scopeOf(workspace);
    document.date = options.date;
    document.digest = digestOf(workspace);
    const Input input = inputOf(workspace, options);
    for (const SectionEntry& entry : table) {
        const auto& wanted = options.sections;
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), entry.id) == wanted.end()) {
            continue;
        }
        Section section = entry.build(input);
        if (section.blocks.empty()) {
            continue;
        }
        if (entry.build == inventory::build && !document.digest.empty()) {
            section.blocks.emplace_back(Paragraph{"Digest of what was examined: " + document.digest
                    + ". It is SHA-256 over the digests above in their order of hexadecimal digits, one on a line: the "
                      "same contents give the same one, wherever they lie. Its first digits stand at the foot of each "
                      "printed page.",
                Paragraph::Tone::Small});
        }
        section.id = entry.id;
        section.title = entry.title;
        document.sections.push_back(std::move(section));
    }
    return document;
}

} // namespace cupel::report
