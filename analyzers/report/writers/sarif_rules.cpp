// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/sarif_rules.h"

#include "analyzers/report/writers/text_unicode.h"
#include "analyzers/rules/rule_set.h"

#include <algorithm>
#include <cctype>

namespace cupel::report::sarif {

namespace {

std::string description(std::string_view text)
{
    // Characters, not bytes, count there; bytes are never fewer.
    return std::string(prefixBytes(text, sarifMaxDescription));
}

std::string precision(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Certain:
        return "very-high";
    case Confidence::Likely:
        return "high";
    case Confidence::Possible:
        return "medium";
    }
    return "medium";
}

// A fence longer than any run of back-ticks inside keeps an example from ending its own block.
std::string fenced(const std::string& code)
{
    std::size_t longest = 2;
    std::size_t run = 0;
    for (const char c : code) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    return fence + "\n" + code + (code.ends_with('\n') ? "" : "\n") + fence + "\n";
}

void addPart(std::string& out, std::string_view title, const std::string& text)
{
    if (!text.empty()) {
        out.append(out.empty() ? "" : "\n\n").append(title).append(text);
    }
}

std::string helpText(const RuleInfo& rule)
{
    std::string out;
    addPart(out, "", rule.whatHappens);
    addPart(out, "Where it comes from: ", rule.whereFrom);
    addPart(out, "How to fix it: ", rule.howToFix);
    return out.empty() ? rule.title : out;
}

std::string helpMarkdown(const RuleInfo& rule)
{
    std::string out;
    addPart(out, "", rule.whatHappens);
    addPart(out, "**Where it comes from.** ", rule.whereFrom);
    addPart(out, "**How to fix it.** ", rule.howToFix);
    if (!rule.wrongExample.empty()) {
        addPart(out, "Wrong:\n\n", fenced(rule.wrongExample));
    }
    if (!rule.rightExample.empty()) {
        addPart(out, "Right:\n\n", fenced(rule.rightExample));
    }
    std::string links;
    for (const auto& url : rule.references.url) {
        links.append("- <").append(url).append(">\n");
    }
    addPart(out, "", links);
    return out.empty() ? rule.title : out;
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

void writeProperties(JsonStream& json, const RuleInfo& rule)
{
    json.objectField("properties");
    std::vector<std::string> tags{"security", std::string(toString(rule.family))};
    for (const auto& cwe : rule.references.cwe) {
        tags.push_back("external/cwe/" + lower(cwe));
    }
    for (const auto* list : {&rule.references.atlas, &rule.references.owasp}) {
        tags.insert(tags.end(), list->begin(), list->end());
    }
    tags.resize(std::min(tags.size(), sarifMaxTags));
    json.field("tags", tags);
    json.field("precision", precision(rule.confidence));
    json.field("security-severity", securitySeverity(rule.severity));
    json.field("problem.severity",
        rule.severity >= Severity::High         ? "error"
            : rule.severity == Severity::Medium ? "warning"
                                                : "recommendation");
    if (!rule.cls.empty()) {
        json.field("class", rule.cls);
    }
    json.endObject();
}

void writeRule(JsonStream& json, const std::string& id)
{
    json.beginObject();
    json.field("id", id);
    if (const RuleInfo* rule = rules::findRule(id)) {
        json.field("name", std::string(prefixBytes(rule->title, 255)));
        writeText(json, "shortDescription", description(rule->title));
        writeText(json, "fullDescription", description(rule->whatHappens.empty() ? rule->title : rule->whatHappens));
        json.objectField("help");
        json.field("text", helpText(*rule));
        json.field("markdown", helpMarkdown(*rule));
        json.endObject();
        if (!rule->references.url.empty()) {
            json.field("helpUri", rule->references.url.front());
        }
        json.objectField("defaultConfiguration");
        json.field("level", level(rule->severity));
        json.endObject();
        writeProperties(json, *rule);
    }
    json.endObject();
}

void writeModel(JsonStream& json, const ModelBrief& model)
{
    json.objectField("model");
    if (!model.kind.empty()) {
        json.field("kind", model.kind);
    }
    if (!model.producer.empty()) {
        json.field("producer", model.producer);
    }
    json.field("tensors", model.tensorCount);
    json.field("parameters", model.parameterCount);
    if (model.isProgram) {
        json.field("calls", model.calls);
    }
    for (std::size_t i = 0; i < model.loaders.size(); ++i) {
        if (i == 0) {
            json.arrayField("loaders");
        }
        json.beginObject();
        json.field("loader", model.loaders[i].name);
        json.field("verdict", model.loaders[i].verdict);
        json.endObject();
    }
    if (!model.loaders.empty()) {
        json.endArray();
    }
    json.endObject();
}

} // namespace

std::string_view level(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
    case Severity::High:
        return "error";
    case Severity::Medium:
        return "warning";
    case Severity::Low:
    case Severity::Info:
        return "note";
    }
    return "note";
}

std::string_view securitySeverity(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return "9.5";
    case Severity::High:
        return "8.0";
    case Severity::Medium:
        return "5.5";
    case Severity::Low:
        return "2.5";
    case Severity::Info:
        return "0.5";
    }
    return "0.5";
}

void writeText(JsonStream& json, std::string_view name, std::string_view text)
{
    json.objectField(name);
    json.field("text", text);
    json.endObject();
}

void writeRules(JsonStream& json, const RuleIndex& rules)
{
    json.arrayField("rules");
    for (const auto& [id, index] : rules) {
        writeRule(json, id);
    }
    json.endArray();
}

void writeArtifactLocation(JsonStream& json, std::string_view name, const std::string& path, const ArtifactIndex& index)
{
    json.objectField(name);
    json.field("uri", sarifUri(path));
    if (!path.starts_with('/')) {
        json.field("uriBaseId", "SRCROOT");
    }
    if (const auto found = index.find(path); found != index.end()) {
        json.field("index", std::uint64_t{found->second});
    }
    json.endObject();
}

void writeArtifacts(JsonStream& json, const Workspace& workspace, const ArtifactIndex& index, const ModelBriefs& models)
{
    json.arrayField("artifacts");
    for (const auto& [path, analysis] : workspace.analyses) {
        if (!index.contains(path)) {
            continue;
        }
        json.beginObject();
        writeArtifactLocation(json, "location", path, {});
        if (const auto parent = index.find(analysis->artifact.parent); parent != index.end()) {
            json.field("parentIndex", std::uint64_t{parent->second});
        }
        json.field("length", analysis->size);
        json.arrayField("roles");
        json.string("analysisTarget");
        json.endArray();
        if (wasRead(*analysis)) {
            json.objectField("hashes");
            json.field("sha-256", toHex(analysis->artifact.sha256));
            json.endObject();
        }
        json.objectField("properties");
        json.field("format", analysis->facts.format.empty() ? std::string_view("unknown") : analysis->facts.format);
        json.field("status", toString(analysis->facts.status));
        json.objectField("coverage");
        json.field("understood", analysis->facts.coverage.understood);
        json.field("total", analysis->facts.coverage.total);
        json.endObject();
        if (const auto model = models.find(path); model != models.end()) {
            writeModel(json, *model->second);
        }
        json.endObject();
        json.endObject();
    }
    json.endArray();
}

} // namespace cupel::report::sarif
