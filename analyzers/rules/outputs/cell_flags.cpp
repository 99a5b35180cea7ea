// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/outputs/active_rules.h"
#include "analyzers/rules/outputs/json_part.h"
#include "analyzers/rules/outputs/metadata.h"

#include "analyzers/formats/region_text.h"

#include <algorithm>

namespace cupel::rules::outputs {

namespace {

// A record with a date in it, not any text.
bool holdsTime(std::string_view raw)
{
    if (!raw.starts_with('{')) {
        return false;
    }
    const auto digit = [raw](std::size_t at) { return at < raw.size() && raw[at] >= '0' && raw[at] <= '9'; };
    for (auto at = raw.find('-'); at != std::string_view::npos; at = raw.find('-', at + 1)) {
        if (at >= 4 && digit(at - 4) && digit(at - 1) && digit(at + 1) && digit(at + 2)) {
            return true; // 2024-05
        }
    }
    return false;
}

using formats::Cell;

class CellReader {
public:
    CellReader(const RuleInput& input, Findings& out)
        : m_input(input)
        , m_text(input.facts.text(input.artifact))
        , m_out(out)
    {
    }

    void read(const Cell& cell)
    {
        if (cell.metadata >= 0) {
            flags(cell);
        }
        for (std::size_t i = 0; i < cell.attachmentNames.size(); ++i) {
            attachment(cell, i);
        }
        for (const auto& output : cell.outputs) {
            if (output.metadata >= 0) {
                fileNames(output);
            }
        }
    }

private:
    void say(std::string_view rule, Severity severity, ByteRange bytes, std::int32_t region, std::string what,
        std::string_view fix = {})
    {
        Seen seen;
        seen.rule = rule;
        seen.severity = severity;
        seen.confidence = Confidence::Certain;
        seen.bytes = bytes;
        seen.region = region;
        seen.what = std::move(what);
        seen.fix = fix;
        m_out.add(std::move(seen));
    }

    // One flag: where it stands when it is true.
    void flag(const JsonPart& json, std::optional<std::uint32_t> node, std::string_view rule, Severity severity,
        std::int32_t region, std::string what)
    {
        if (json.isTrue(node)) {
            say(rule, severity, json.whole(*node), region, std::move(what), "remove-metadata");
        }
    }

    void flags(const Cell& cell)
    {
        const auto index = cell.metadata;
        const auto& region = m_input.facts.regions[static_cast<std::size_t>(index)];
        if (region.bytes.size() < 12) {
            return; // {"a": true} says nothing
        }
        const JsonPart json(m_text, region.bytes, m_input.budget);
        if (json.empty()) {
            return;
        }
        const bool code = cell.kind == formats::CellKind::Code;
        const bool outputs = !cell.outputs.empty();
        const auto hidden = [&](std::optional<std::uint32_t> node, const char* what) {
            flag(json, node, "CUP-OUT-HIDDEN-CELL", Severity::Info, index, what);
        };
        hidden(json.path("jupyter", "source_hidden"), "source_hidden");
        hidden(json.member(0, "hide_input"), "hide_input");
        hidden(json.member(0, "hideCode"), "hideCode");
        hidden(json.member(0, "inputHidden"), "inputHidden");
        if (const auto view = json.member(0, "cellView");
            view && code && (json.string(view) == "form" || json.string(view) == "code_hidden")) {
            say("CUP-OUT-HIDDEN-CELL", Severity::Info, json.whole(*view), index, "Colab form", "remove-metadata");
        }
        if (outputs) {
            for (const auto node :
                {json.member(0, "collapsed"), json.path("jupyter", "outputs_hidden"), json.member(0, "outputHidden")}) {
                flag(json, node, "CUP-OUT-HIDDEN-OUTPUT", Severity::Info, index, "collapsed output");
            }
        }
        if (const auto slide = json.path("slideshow", "slide_type"); slide && json.string(slide) == "skip") {
            say("CUP-OUT-SKIPPED-SLIDE", Severity::Info, json.whole(*slide), index, {}, "remove-metadata");
        }
        flag(json, json.member(0, "init_cell"), "CUP-OUT-INIT-CELL", Severity::Low, index, {});
        flag(json, json.member(0, "trusted"), "CUP-OUT-TRUSTED-FLAG", Severity::Medium, index, {});
        flag(json, json.member(0, "keep_output"), "CUP-OUT-KEEP-OUTPUT", Severity::Info, index, {});
        if (const auto tags = json.member(0, "tags")) {
            tagged(json, *tags, index);
        }
        times(json, index);
        people(json, index);
    }

    // Tags that books and cleaners obey.
    void tagged(const JsonPart& json, std::uint32_t tags, std::int32_t index)
    {
        const auto raw = json.raw(tags);
        const auto has = [raw](std::string_view tag) { return raw.find(tag) != std::string_view::npos; };
        if (has("\"keep_output\"")) {
            say("CUP-OUT-KEEP-OUTPUT", Severity::Info, json.whole(tags), index, {}, {});
        }
        for (const std::string_view tag : {"\"hide-input\"", "\"hide_input\"", "\"hide-cell\"", "\"remove-cell\"",
                 "\"remove_cell\"", "\"remove-input\"", "\"remove_input\""}) {
            if (has(tag)) {
                say("CUP-OUT-HIDDEN-CELL", Severity::Info, json.whole(tags), index,
                    "tag " + std::string(tag.substr(1, tag.size() - 2)), {});
            }
        }
    }

    void times(const JsonPart& json, std::int32_t index)
    {
        for (const char* key : {"ExecuteTime", "execution"}) {
            if (const auto node = json.member(0, key); node && holdsTime(json.raw(*node))) {
                say("CUP-OUT-META-HOURS", Severity::Info, json.whole(*node), index, key, "remove-metadata");
            }
        }
    }

    // Colab: name, number and picture of whoever ran the cell.
    void people(const JsonPart& json, std::int32_t index)
    {
        auto info = json.member(0, "executionInfo");
        if (!info) {
            const auto colab = json.member(0, "colab");
            info = colab ? json.member(*colab, "executionInfo") : std::nullopt;
        }
        const auto user = info ? json.member(*info, "user") : std::nullopt;
        if (!user
            || (json.string(json.member(*user, "userId")).empty()
                && json.string(json.member(*user, "displayName")).empty())) {
            if (info) {
                say("CUP-OUT-META-HOURS", Severity::Info, json.whole(*info), index, "executionInfo", "remove-metadata");
            }
            return;
        }
        Seen seen;
        seen.rule = "CUP-OUT-META-PERSON";
        seen.severity = Severity::Medium;
        seen.confidence = Confidence::Certain;
        seen.bytes = json.outline().nodes()[*user].value;
        seen.region = index;
        seen.what = "executionInfo.user";
        seen.personal = true;
        seen.masked = "\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022";
        seen.whole = true;
        seen.fix = "remove-metadata";
        m_out.add(std::move(seen));
    }

    void attachment(const Cell& cell, std::size_t i)
    {
        Region key;
        key.form = TextForm::JsonString;
        key.bytes = cell.attachmentNames[i];
        const auto name = formats::readRegion(m_text, key, 4'096).text;
        const auto verdict = judgePath(name, true);
        if (!verdict.leaves) {
            return;
        }
        Seen seen;
        seen.rule = "CUP-OUT-ATTACHMENT-NAME";
        seen.severity = verdict.severity;
        seen.bytes = key.bytes;
        seen.region = i < cell.attachments.size() ? static_cast<std::int32_t>(cell.attachments[i]) : cell.source;
        seen.what = verdict.what;
        seen.shown = {Carrier::Name, Act::Export};
        m_out.add(std::move(seen));
    }

    // Exporters write outputs under these names.
    void fileNames(const formats::Output& output)
    {
        const auto index = output.metadata;
        const auto& region = m_input.facts.regions[static_cast<std::size_t>(index)];
        const auto written = slice(m_text, region.bytes);
        if (written.find("filename") == std::string_view::npos && written.find("\\u") == std::string_view::npos) {
            return;
        }
        const JsonPart json(m_text, region.bytes, m_input.budget);
        for (std::uint32_t node = 0; node < json.outline().nodes().size(); ++node) {
            const auto& entry = json.outline().nodes()[node];
            const auto& parent = json.outline().nodes()[entry.parent];
            const auto named = [&](const JsonNode& of) {
                return decodeJsonKey(m_text, of.key).starts_with("filename");
            };
            if (entry.type != JsonType::String || (!named(entry) && !named(parent))) {
                continue;
            }
            const auto verdict = judgePath(json.string(node), true);
            if (verdict.leaves && verdict.severity == Severity::High) {
                Seen seen;
                seen.rule = "CUP-OUT-OUTPUT-NAME";
                seen.severity = Severity::High;
                seen.bytes = entry.value;
                seen.region = index;
                seen.what = verdict.what;
                seen.fix = "remove-metadata";
                seen.shown = {Carrier::Name, Act::Export};
                m_out.add(std::move(seen));
            }
        }
    }

    const RuleInput& m_input;
    ByteView m_text;
    Findings& m_out;
};

} // namespace

void scanCells(const RuleInput& input, const formats::NotebookFacts& notebook, Findings& out)
{
    CellReader reader(input, out);
    for (const auto& cell : notebook.cells) {
        if (!input.budget.spend(256)) {
            return;
        }
        reader.read(cell);
    }
}

} // namespace cupel::rules::outputs
