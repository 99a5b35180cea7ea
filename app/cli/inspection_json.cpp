// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON of `cupel inspect` (schema cupel.inspect/1).
#include "app/cli/inspection.h"
#include "app/cli/inspection_model.h"
#include "app/cli/inspection_pickle.h"

#include "analyzers/report/writers/json_records.h"
#include "analyzers/rules/rule_set.h"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace cupel::cli {

namespace {

using report::JsonStream;

constexpr std::size_t longestText = 4 << 20; // of one cell with --source

class Writer {
public:
    Writer(const Inspection& inspection, JsonStream& json)
        : m_inspection(inspection)
        , m_analysis(*inspection.analysis)
        , m_redactor(m_analysis)
        , m_json(json)
    {
    }
    void document();

private:
    void regions(const char* name, const std::vector<std::uint32_t>& indices);
    void region(const Region& region);
    void text(const Region& region);
    void cell(const formats::Cell& cell, std::size_t index);
    void outputs(const formats::Cell& cell);
    void notebook(const formats::NotebookFacts& facts);
    void cells(const formats::NotebookFacts& facts);
    void plainText(const char* name);
    void members();
    void plans();
    void flaws();
    void viewers();
    void dependencies();
    void range(ByteRange text);

    const Inspection& m_inspection;
    const Analysis& m_analysis;
    Redactor m_redactor;
    JsonStream& m_json;
};

// Positions are in the file on disk, also when its text had to be re-encoded.
void Writer::range(ByteRange text)
{
    const ByteRange file = m_analysis.facts.toFile(text);
    m_json.field("start", file.start);
    m_json.field("end", file.end);
}

void Writer::text(const Region& region)
{
    const TextSize size = measure(m_analysis, region);
    m_json.field("bytes", size.bytes);
    m_json.field("lines", size.lines);
    if (m_inspection.source && region.kind != RegionKind::Image) {
        m_json.field("text", m_redactor.text(region, longestText));
        if (size.bytes > longestText) {
            m_json.field("cut", true);
        }
    }
}

void Writer::region(const Region& region)
{
    m_json.beginObject();
    m_json.field("name", m_redactor.name(region.name));
    m_json.field("kind", toString(region.kind));
    range(region.bytes);
    m_json.field("bytes", region.bytes.size());
    m_json.endObject();
}

void Writer::regions(const char* name, const std::vector<std::uint32_t>& indices)
{
    m_json.arrayField(name);
    for (const auto index : indices) {
        if (index < m_analysis.facts.regions.size()) {
            region(m_analysis.facts.regions[index]);
        }
    }
    m_json.endArray();
}

void Writer::outputs(const formats::Cell& cell)
{
    m_json.arrayField("outputs");
    for (const auto& output : cell.outputs) {
        m_json.beginObject();
        m_json.field("type", m_redactor.name(output.type));
        m_json.field("executionCount", output.executionCount);
        range(output.bytes);
        regions("data", output.regions);
        m_json.endObject();
    }
    m_json.endArray();
}

void Writer::cell(const formats::Cell& cell, std::size_t index)
{
    m_json.beginObject();
    m_json.field("index", std::uint64_t{index});
    m_json.field("kind", kindName(cell.kind));
    cell.id.empty() ? m_json.nullField("id") : m_json.field("id", m_redactor.name(cell.id));
    cell.codeCell < 0 ? m_json.nullField("codeCell") : m_json.field("codeCell", std::int64_t{cell.codeCell});
    m_json.field("executionCount", cell.executionCount);
    range(cell.bytes);
    if (cell.headingLevel > 0) {
        m_json.field("headingLevel", cell.headingLevel);
    }
    m_json.field("sourceHidden", cell.sourceHidden);
    m_json.field("outputsHidden", cell.outputsHidden);
    const auto source = static_cast<std::size_t>(std::max(cell.source, 0));
    if (cell.source >= 0 && source < m_analysis.facts.regions.size()) {
        m_json.objectField("source");
        range(m_analysis.facts.regions[source].bytes);
        text(m_analysis.facts.regions[source]);
        m_json.endObject();
    } else {
        m_json.nullField("source");
    }
    outputs(cell);
    regions("attachments", cell.attachments);
    m_json.endObject();
}

void Writer::cells(const formats::NotebookFacts& facts)
{
    std::map<std::string_view, std::uint64_t> kinds;
    for (const auto& cell : facts.cells) {
        ++kinds[kindName(cell.kind)];
    }
    m_json.objectField("cellCounts");
    for (const auto& [kind, count] : kinds) {
        m_json.field(kind, count);
    }
    m_json.endObject();
    m_json.field("outputCount", facts.outputCount);
    m_json.arrayField("cells");
    for (std::size_t i = 0; i < facts.cells.size(); ++i) {
        cell(facts.cells[i], i);
    }
    m_json.endArray();
}

void Writer::notebook(const formats::NotebookFacts& facts)
{
    m_json.objectField("notebook");
    facts.nbformat > 0 ? m_json.field("nbformat", facts.nbformat) : m_json.nullField("nbformat");
    facts.nbformatMinor >= 0 ? m_json.field("nbformatMinor", facts.nbformatMinor) : m_json.nullField("nbformatMinor");
    facts.language.empty() ? m_json.nullField("language") : m_json.field("language", m_redactor.name(facts.language));
    facts.kernel.empty() ? m_json.nullField("kernel") : m_json.field("kernel", m_redactor.name(facts.kernel));
    m_json.field("salvaged", facts.salvaged);
    cells(facts);
    m_json.arrayField("metadata");
    for (const auto& item : m_analysis.facts.regions) {
        if (item.cell < 0 && (item.kind == RegionKind::Metadata || item.kind == RegionKind::WidgetState)) {
            region(item);
        }
    }
    m_json.endArray();
    m_json.endObject();
}

// Scripts and other texts: sizes, and cells when the script marks some.
void Writer::plainText(const char* name)
{
    m_json.objectField(name);
    TextSize total;
    Region whole;
    whole.bytes = {0, m_analysis.facts.text(m_analysis.artifact).size()};
    total = measure(m_analysis, whole);
    m_json.field("bytes", total.bytes);
    m_json.field("lines", total.lines);
    if (const auto* facts = formats::notebookFacts(m_analysis.facts)) {
        cells(*facts);
    } else if (m_inspection.source) {
        m_json.field("text", m_redactor.text(whole, longestText));
        if (total.bytes > longestText) {
            m_json.field("cut", true);
        }
    }
    modelJson(m_analysis, m_json); // lists of arrays and descriptions of models are texts
    m_json.endObject();
}

void Writer::plans()
{
    if (m_inspection.plans.empty()) {
        return;
    }
    m_json.field("loadedCount", m_inspection.planCount); // the worst of them are listed
    m_json.arrayField("loaded");
    for (const auto& one : m_inspection.plans) {
        m_json.beginObject();
        m_json.field("path", one.path);
        loadersJson(one.loaders, m_json);
        m_json.endObject();
    }
    m_json.endArray();
}

void Writer::members()
{
    const bool nested = formatName(m_analysis) == "pickle"; // its own part is another one
    m_json.objectField(nested ? std::string_view("nested") : formatName(m_analysis));
    if (!nested) {
        modelJson(m_analysis, m_json);
        const auto loaders = planLoaders(m_analysis);
        if (!loaders.empty()) {
            loadersJson(loaders, m_json);
        }
    }
    plans();
    if (const auto& main = m_inspection.main) {
        m_json.objectField("main");
        m_json.field("path", main->artifact.path);
        modelJson(*main, m_json);
        pickleJson(*main, m_inspection.opcodes, m_json);
        m_json.endObject();
    }
    if (!m_inspection.pickles.empty()) {
        m_json.field("pickleCount", m_inspection.pickleCount);
        m_json.arrayField("pickles");
        for (const auto& one : m_inspection.pickles) {
            m_json.beginObject();
            m_json.field("path", one.path);
            m_json.field("verdict", one.verdict);
            m_json.field("why", one.why);
            m_json.endObject();
        }
        m_json.endArray();
    }
    m_json.arrayField("members");
    for (const auto& member : m_inspection.members) {
        m_json.beginObject();
        report::writeArtifactFields(m_json, *member);
        m_json.endObject();
    }
    m_json.endArray();
    m_json.endObject();
}

// One entry per active thing, with what each program does: only when there is something.
void Writer::viewers()
{
    const auto table = viewerTable(m_analysis);
    if (table.rows.empty()) {
        return;
    }
    m_json.arrayField("viewers");
    for (const auto& row : table.rows) {
        m_json.beginObject();
        m_json.field("rule", row.rule);
        m_json.field("what", row.what);
        m_json.field("place", row.place);
        m_json.field("count", std::uint64_t{std::strtoull(row.count.c_str(), nullptr, 10)});
        m_json.objectField("verdicts");
        for (std::size_t i = 0; i < row.verdicts.size() && i < table.viewers.size(); ++i) {
            m_json.field(table.viewers[i].c_str(), row.verdicts[i]);
        }
        m_json.endObject();
        m_json.endObject();
    }
    m_json.endArray();
}

void Writer::flaws()
{
    m_json.arrayField("flaws");
    for (const auto& flaw : m_analysis.facts.flaws) {
        m_json.beginObject();
        m_json.field("code", flaw.code);
        m_json.field("detail", m_redactor.name(flaw.detail));
        range(flaw.bytes);
        flaw.cell < 0 ? m_json.nullField("cell") : m_json.field("cell", std::int64_t{flaw.cell});
        m_json.field("count", flaw.count);
        m_json.endObject();
    }
    m_json.endArray();
}

// What the file installs, lists and imports. Empty texts are left out.
void Writer::dependencies()
{
    m_json.arrayField("dependencies");
    for (const auto& dependency : m_analysis.dependencies) {
        m_json.beginObject();
        const auto field = [&](const char* name, const std::string& value) {
            if (!value.empty()) {
                m_json.field(name, m_redactor.name(value));
            }
        };
        m_json.field("name", m_redactor.name(dependency.name));
        field("version", dependency.version);
        field("specifier", dependency.specifier);
        if (!dependency.extras.empty()) {
            m_json.arrayField("extras");
            for (const auto& extra : dependency.extras) {
                m_json.string(m_redactor.name(extra));
            }
            m_json.endArray();
        }
        field("marker", dependency.marker);
        m_json.field("ecosystem", dependency.ecosystem);
        field("url", dependency.url);
        field("module", dependency.module);
        m_json.field("source", toString(dependency.source));
        m_json.objectField("location");
        report::writeLocationFields(m_json, dependency.location);
        m_json.endObject();
        m_json.endObject();
    }
    m_json.endArray();
}

void Writer::document()
{
    m_json.beginObject();
    m_json.field("schema", "cupel.inspect/1");
    report::RunInfo run;
    run.version = CUPEL_VERSION;
    run.rulesVersion = rules::catalogueVersion();
    report::writeToolFields(m_json, run);
    report::writeArtifactFields(m_json, m_analysis);
    m_json.field("scannable", m_analysis.facts.scannable);
    const std::string_view format = formatName(m_analysis);
    const auto* facts = formats::notebookFacts(m_analysis.facts);
    if (format == "notebook" || (facts && format != "python")) {
        static const formats::NotebookFacts nothing;
        notebook(facts ? *facts : nothing);
        viewers();
    } else if (format == "python" || format == "text") {
        plainText(format == "python" ? "python" : "text");
    } else if (format == "zip" || (m_analysis.facts.model && format != "pickle") || !m_inspection.members.empty()) {
        members();
    }
    pickleJson(m_analysis, m_inspection.opcodes, m_json);
    flaws();
    dependencies();
    m_json.arrayField("diagnostics");
    for (const auto& diagnostic : report::diagnosticsOf(m_analysis)) {
        m_json.beginObject();
        report::writeDiagnosticFields(m_json, diagnostic);
        m_json.endObject();
    }
    m_json.endArray();
    m_json.endObject();
    m_json.newline();
}

} // namespace

void inspectionJson(const Inspection& inspection, const report::TextSink& sink)
{
    JsonStream json(sink, JsonStream::Layout::Indented);
    Writer(inspection, json).document();
}

} // namespace cupel::cli
