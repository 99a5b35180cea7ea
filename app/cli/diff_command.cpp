// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel diff`: both versions are judged, and what the newer one brings is told.
#include "app/cli/commands.h"
#include "app/cli/diff_model.h"
#include "app/cli/output.h"
#include "app/cli/rule_output.h"
#include "app/cli/signals.h"
#include "app/cli/terminal.h"

#include "analyzers/engine/declared_files.h"
#include "analyzers/engine/git_source.h"
#include "analyzers/engine/scan.h"
#include "analyzers/report/writers/json_records.h"
#include "analyzers/report/writers/text.h"
#include "analyzers/report/writers/text_unicode.h"
#include "analyzers/review/compare.h"
#include "analyzers/review/compare_metadata.h"

#include <algorithm>

#include <unistd.h>

namespace cupel::cli {

namespace {

using report::counted;
using report::JsonStream;
using report::printable;
using review::FileChange;
using review::FindingChange;
using Kind = FindingChange::Kind;
using Model = std::optional<review::ModelComparison>;

std::string_view word(Kind kind)
{
    switch (kind) {
    case Kind::Fresh:
        return "new";
    case Kind::Changed:
        return "changed";
    case Kind::Gone:
        return "gone";
    case Kind::Same:
        break;
    }
    return "same";
}

std::size_t total(const std::vector<FileChange>& changes, Kind kind)
{
    std::size_t sum = 0;
    for (const auto& change : changes) {
        sum += change.count(kind);
    }
    return sum;
}

// "3 changed cells (1 new, 1 gone, 1 moved)"
std::string cellWords(const review::CellCounts& counts)
{
    std::string parts;
    const auto part = [&parts](std::size_t count, const char* word) {
        if (count > 0) {
            parts += (parts.empty() ? "" : ", ") + std::to_string(count) + ' ' + word;
        }
    };
    part(counts.fresh, "new");
    part(counts.gone, "gone");
    part(counts.moved, "moved");
    part(counts.metadataOnly, "in metadata only");
    return counted(counts.all(), "changed cell") + (parts.empty() ? "" : " (" + parts + ")");
}

// What of a notebook's metadata is not what it was, by key.
std::vector<std::string> changedMetadata(const FileChange& change, Budget& budget)
{
    std::vector<std::string> names;
    for (const auto& entry : review::compareOutside(change, budget)) {
        if (entry.changed && !entry.name.empty()) {
            names.push_back(entry.name);
        }
    }
    return names;
}

// "3 changed cells (1 new), changed metadata: authors, kernelspec"
std::string notebookWords(const review::CellCounts& cells, const std::vector<std::string>& metadata)
{
    constexpr std::size_t named = 5;
    std::string out = cells.all() > 0 ? cellWords(cells) : std::string();
    for (std::size_t i = 0; i < std::min(metadata.size(), named); ++i) {
        out += (i > 0 ? ", " : out.empty() ? "changed metadata: " : ", changed metadata: ") + printable(metadata[i]);
    }
    return out + (metadata.size() > named ? " and " + std::to_string(metadata.size() - named) + " more" : "");
}

std::string findingText(const FindingChange& item, const report::Paint& paint)
{
    const auto& finding = item.analysis->findings[item.index];
    const char* sign = item.kind == Kind::Fresh ? "+ "
        : item.kind == Kind::Gone               ? "- "
        : item.kind == Kind::Changed            ? "~ "
                                                : "  ";
    std::string out = std::string("  ") + sign + paint.severity(finding.severity) + "  "
        + printable(finding.location.human) + "  " + printable(finding.title) + paint.dim("  " + finding.rule) + "\n";
    if (item.kind == Kind::Fresh && !finding.evidence.empty()) {
        out += "      | " + printable(finding.evidence.front().excerpt) + "\n";
    }
    if (item.kind == Kind::Changed) {
        const auto& old = item.was->findings[item.wasIndex];
        const auto [before, after] = review::changedExcerpts(item);
        out += old.severity == finding.severity ? "" : "      was " + std::string(toString(old.severity)) + "\n";
        out += before == after && old.values != finding.values ? "      | it stands for other values or places now\n"
            : before == after                                  ? "      | the bytes it is about differ\n"
                              : "      - " + printable(before) + "\n      + " + printable(after) + "\n";
    }
    return out;
}

// Where nothing else is said of a file that is not the same.
std::string quietDifference(const FileChange& change, bool model, Budget& budget)
{
    const bool told = model || change.count(Kind::Fresh) + change.count(Kind::Changed) + change.count(Kind::Gone) > 0;
    return told || !review::bytesDiffer(change) ? std::string() : bytesText(review::byteDifference(change, budget));
}

bool differ(const std::vector<FileChange>& changes)
{
    return std::any_of(changes.begin(), changes.end(),
        [](const FileChange& one) { return !one.before || !one.after || review::bytesDiffer(one); });
}

std::string text(const std::vector<FileChange>& changes, const Model& model, bool verbose, bool colour, Budget& budget)
{
    const report::Paint paint(colour);
    std::string out;
    for (const auto& change : changes) {
        const auto quiet = quietDifference(change, model.has_value(), budget);
        const auto words = notebookWords(review::countCells(change.cells), changedMetadata(change, budget));
        if (change.count(Kind::Fresh) + change.count(Kind::Changed) + change.count(Kind::Gone) == 0 && quiet.empty()
            && words.empty() && !verbose) {
            continue;
        }
        out += paint.bold(printable(change.path))
            + paint.dim(!change.before ? "  new file"
                    : !change.after    ? "  file is gone"
                    : !words.empty()   ? "  " + words
                    : !quiet.empty()   ? "  " + quiet
                                       : "")
            + "\n";
        for (const auto& item : change.findings) {
            if (item.kind == Kind::Same && !verbose) {
                continue;
            }
            out += findingText(item, paint);
        }
        out += "\n";
    }
    out += model ? modelDiffText(*model, paint) : "";
    const auto changed = total(changes, Kind::Changed);
    return out + std::to_string(total(changes, Kind::Fresh)) + " new, "
        + (changed > 0 ? std::to_string(changed) + " changed, " : "") + std::to_string(total(changes, Kind::Gone))
        + " gone, " + std::to_string(total(changes, Kind::Same)) + " as before. "
        + (differ(changes) ? "" : "Both versions are the same, byte for byte. ") + "Nothing was run.\n";
}

void writeCells(JsonStream& json, const FileChange& change)
{
    json.arrayField("cells");
    for (const auto& pair : change.cells) {
        const auto field = [&json](std::string_view name, std::optional<std::size_t> cell) {
            cell ? json.field(name, std::uint64_t{*cell}) : json.nullField(name);
        };
        json.beginObject();
        field("before", pair.before);
        field("after", pair.after);
        json.field("sourceChanged", pair.sourceChanged);
        json.field("outputsChanged", pair.outputsChanged);
        json.field("metadataChanged", pair.metadataChanged);
        json.field("moved", pair.moved);
        json.endObject();
    }
    json.endArray();
}

std::string json(const std::vector<FileChange>& changes, const Model& model, bool incomplete, Budget& budget)
{
    std::string out;
    JsonStream json([&out](std::string_view piece) { out.append(piece); }, JsonStream::Layout::Indented);
    json.beginObject();
    writeSchema(json, "cupel.diff/1");
    json.field("incomplete", incomplete);
    json.objectField("summary");
    for (const auto kind : {Kind::Fresh, Kind::Changed, Kind::Gone, Kind::Same}) {
        json.field(word(kind), std::uint64_t{total(changes, kind)});
    }
    json.endObject();
    json.arrayField("files");
    for (const auto& change : changes) {
        json.beginObject();
        json.field("path", change.path);
        json.field("change", !change.before ? "added" : !change.after ? "removed" : "both");
        if (review::bytesDiffer(change)) {
            bytesJson(review::byteDifference(change, budget), json);
        } else {
            json.nullField("bytes");
        }
        writeCells(json, change);
        json.field("metadata", changedMetadata(change, budget));
        json.endObject();
    }
    json.endArray();
    if (model) {
        modelDiffJson(*model, json);
    }
    json.arrayField("findings");
    for (const auto& change : changes) {
        for (const auto& item : change.findings) {
            json.beginObject();
            json.field("change", word(item.kind));
            if (item.kind == Kind::Changed) {
                json.field("was", review::changedExcerpts(item).first);
            }
            report::writeFindingFields(json, item.analysis->findings[item.index]);
            json.endObject();
        }
    }
    json.endArray();
    json.endObject();
    json.newline();
    json.flush();
    return out;
}

Workspace scanned(const std::string& path)
{
    ScanOptions options;
    options.keepBytes = true;
    return engine::scanAll({path}, options);
}

// An earlier revision under the path of today's file.
Exit revisionOf(const Arguments& arguments, Workspace& out)
{
    ScanOptions options;
    options.keepBytes = true;
    options.declaredBeside = engine::readDeclaredBeside();
    auto workspace = engine::gitWorkspace(arguments.revision, arguments.paths.front(), options);
    if (!workspace) {
        complain(workspace.error().detail);
        return workspace.error().code == ErrorCode::Unsupported ? Exit::Usage : Exit::NothingScannable;
    }
    out = std::move(workspace).value();
    return Exit::Ok;
}

bool isMissing(const Workspace& workspace)
{
    return workspace.analyses.empty()
        || (workspace.analyses.size() == 1
            && workspace.analyses.begin()->second->facts.status == ReadStatus::Unreadable);
}

Model modelsOf(const std::vector<FileChange>& changes, Budget& budget)
{
    return review::compareModels(changes, budget);
}

Exit verdict(
    const std::vector<FileChange>& changes, const Model& model, const Workspace& after, const Arguments& arguments)
{
    for (const auto& change : changes) {
        for (const auto& item : change.findings) {
            const auto& finding = item.analysis->findings[item.index];
            const bool fresh = item.kind == Kind::Fresh || item.kind == Kind::Changed;
            if (fresh && arguments.failOn && finding.severity >= *arguments.failOn) {
                return Exit::Findings;
            }
        }
    }
    const auto summary = summarize(after);
    if (!summary.anythingScannable) {
        return Exit::NothingScannable;
    }
    return (summary.incomplete || (model && !model->complete)) && !arguments.allowPartial ? Exit::Incomplete : Exit::Ok;
}

} // namespace

Exit runDiff(const Arguments& arguments)
{
    catchSignals();
    Workspace before;
    if (arguments.revision.empty()) {
        before = scanned(arguments.paths.front());
    } else if (const auto exit = revisionOf(arguments, before); exit != Exit::Ok) {
        return exit;
    }
    const auto after = scanned(arguments.paths.back());
    if (interrupted()) {
        return Exit::Interrupted;
    }
    for (const Workspace* workspace : {static_cast<const Workspace*>(&before), &after}) {
        const bool cameLater = !arguments.revision.empty() && workspace == &before && before.analyses.empty();
        if (!cameLater && isMissing(*workspace)) {
            complain("'" + printable(workspace->roots.front()) + "' cannot be read");
            return Exit::NothingScannable;
        }
    }
    const auto changes = review::compare(before, after);
    const InterruptToken stop;
    Budget budget(Limits{}, stop.token()); // ends when the user asks for it
    const auto model = modelsOf(changes, budget);
    if (interrupted()) {
        return Exit::Interrupted;
    }
    const bool incomplete = summarize(after).incomplete || summarize(before).incomplete || (model && !model->complete);
    const auto output = standardOutput();
    output->sink()(arguments.format == "json"
            ? json(changes, model, incomplete, budget)
            : text(changes, model, arguments.verbose, wantsColour(arguments.colour, STDOUT_FILENO), budget));
    const Exit exit = verdict(changes, model, after, arguments);
    return finished(*output) == Exit::Ok ? exit : Exit::Internal;
}

} // namespace cupel::cli
