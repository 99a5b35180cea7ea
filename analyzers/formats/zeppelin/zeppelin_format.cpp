// SPDX-License-Identifier: GPL-3.0-or-later
// Notebooks in the JSON of other programs: Zeppelin (.zpln, note.json) and Databricks (members of a .dbc archive).
// Every string ends up in a region: what is no cell or output is Salvaged.
#include "analyzers/base/budget.h"
#include "analyzers/base/json_keys.h"
#include "analyzers/base/json_outline.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/cell_builder.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>
#include <cstring>
#include <memory>

namespace cupel::formats::zeppelin {

namespace {

// Where one program writes what.
struct Dialect {
    std::string_view cells;
    std::string_view source;
    std::string_view results;
};
constexpr Dialect zeppelinDialect{"paragraphs", "text", "results"};
constexpr Dialect databricksDialect{"commands", "command", "results"};

class Walker {
public:
    Walker(ByteView text, const JsonOutline& json, NotebookFacts& own, Facts& out)
        : m_text(text)
        , m_json(json)
        , m_keys(text)
        , m_own(own)
        , m_cells(own, out)
    {
    }

    void run()
    {
        const auto& dialect = m_json.member(m_text, 0, databricksDialect.cells) ? databricksDialect : zeppelinDialect;
        if (const auto language = m_json.member(m_text, 0, "language")) {
            m_own.language = toDisplay(m_json.string(m_text, *language, 40), 40);
        }
        eachChild(0, [&](std::uint32_t child) {
            if (key(child) == dialect.cells && at(child).type == JsonType::Array && !at(child).opaque
                && !at(child).stringList) {
                eachChild(child, [&](std::uint32_t cell) { readCell(cell, dialect); });
            } else {
                other(child, RegionKind::Metadata);
            }
        });
    }

private:
    [[nodiscard]] const JsonNode& at(std::uint32_t node) const { return m_json.nodes()[node]; }
    [[nodiscard]] std::string_view key(std::uint32_t node) const { return m_keys.of(at(node)); }

    template <typename Take> void eachChild(std::uint32_t node, const Take& take) const
    {
        for (auto child = at(node).firstChild; child != 0; child = at(child).nextSibling) {
            take(child);
        }
    }

    // A member as it stands, with its key.
    void other(std::uint32_t node, RegionKind kind)
    {
        const auto& json = at(node);
        m_cells.addOther({json.key.empty() ? json.value.start : json.key.start, json.value.end}, kind, Part::Metadata,
            toDisplay(key(node), 60), TextForm::JsonValue);
    }

    // Inside the quotes of a string.
    [[nodiscard]] ByteRange inside(std::uint32_t node) const
    {
        auto range = at(node).value;
        range.start += 1;
        range.end -= range.size() > 0 && m_text[range.end - 1] == '"' ? 1 : 0;
        return range;
    }

    void readCell(std::uint32_t cell, const Dialect& dialect)
    {
        const auto source = m_json.member(m_text, cell, dialect.source);
        const bool text = source && at(*source).type == JsonType::String;
        const auto head = text ? m_json.string(m_text, *source, 64) : std::string();
        const auto first = std::min(head.find_first_not_of(" \t\r\n"), head.size());
        const bool markdown = std::string_view(head).substr(first).starts_with("%md");
        m_cells.beginCell(markdown ? CellKind::Markdown : CellKind::Code, at(cell).value.start);
        if (text) {
            m_cells.setSource(inside(*source), TextForm::JsonString);
        }
        eachChild(cell, [&](std::uint32_t child) {
            if (text && child == *source) {
                return;
            }
            if (key(child) == dialect.results) {
                results(child);
            } else {
                other(child, RegionKind::Salvaged);
            }
        });
        if (at(cell).type != JsonType::Object || at(cell).opaque) {
            other(cell, RegionKind::Salvaged);
        }
        m_cells.endCell(at(cell).value.end);
    }

    // Zeppelin: {"msg": [{"type": "HTML", "data": "..."}]}; Databricks: {"type": "html", "data": "..."}.
    void results(std::uint32_t node)
    {
        if (at(node).type != JsonType::Object || at(node).opaque) {
            other(node, RegionKind::Salvaged);
            return;
        }
        if (m_json.member(m_text, node, "data")) {
            result(node);
            return;
        }
        eachChild(node, [&](std::uint32_t child) {
            if (key(child) == "msg" && at(child).type == JsonType::Array && !at(child).opaque) {
                eachChild(child, [&](std::uint32_t message) { result(message); });
            } else {
                other(child, RegionKind::Salvaged);
            }
        });
    }

    void result(std::uint32_t node)
    {
        const auto data = m_json.member(m_text, node, "data");
        const auto type = m_json.member(m_text, node, "type");
        const auto name = type ? toDisplay(m_json.string(m_text, *type, 40), 40) : std::string();
        if (!data || at(*data).type != JsonType::String) {
            m_cells.addOutput("result", at(node).value, RegionKind::Json, TextForm::JsonValue, name);
            return;
        }
        const bool html = name == "HTML" || name == "html" || name == "htmlSandbox";
        m_cells.addOutput("result", inside(*data), html ? RegionKind::Html : RegionKind::Text, TextForm::JsonString,
            html ? "text/html" : "text/plain");
        eachChild(node, [&](std::uint32_t child) {
            if (child != *data) {
                other(child, RegionKind::Salvaged);
            }
        });
    }

    ByteView m_text;
    const JsonOutline& m_json;
    JsonKeys m_keys;
    NotebookFacts& m_own;
    CellBuilder m_cells;
};

void stray(ByteRange range, Facts& out)
{
    Region region;
    region.kind = RegionKind::Salvaged;
    region.part = Part::Source;
    region.form = TextForm::JsonValue;
    region.bytes = range;
    out.regions.push_back(region);
}

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view fileName)
{
    head.remove_prefix(std::min<std::size_t>(detectEncoding(head).markSize, head.size()));
    const auto first = head.find_first_not_of(" \t\r\n");
    if (first == ByteView::npos || head[first] != '{') {
        return 0;
    }
    // Not string_view::find, which stops at every quote of every file that is looked at.
    const auto has = [head](std::string_view word) {
        return ::memmem(head.data(), head.size(), word.data(), word.size()) != nullptr;
    };
    if (has("\"commands\"") && (has("\"NotebookV1\"") || has("\"CommandV1\""))) {
        return 90;
    }
    if (!has("\"paragraphs\"")) {
        return fileName.ends_with(".zpln") ? 70 : 0;
    }
    const bool told =
        has("\"angularObjects\"") || has("\"noteParams\"") || has("\"noteForms\"") || has("\"editorSetting\"");
    return fileName.ends_with(".zpln") || told ? 88 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto start = openText(artifact, out);
    const auto text = out.text(artifact);
    const auto size = artifact.view().size();
    auto own = std::make_shared<NotebookFacts>();
    JsonOutline::Options options;
    options.start = start;
    options.maxDepth = budget.limits().jsonDepth;
    const auto json = JsonOutline::parse(text, budget, options);
    if (!json.empty() && json.nodes()[0].type == JsonType::Object && !json.nodes()[0].opaque) {
        Walker(text, json, *own, out).run();
    } else if (!json.empty()) {
        stray(json.nodes()[0].value, out);
    }
    for (const auto& range : json.strayText()) {
        stray(range, out);
    }
    if (json.stoppedEarly()) {
        stray({json.stoppedAt(), text.size()}, out);
    }
    if (!json.valid() || json.stoppedEarly()) {
        own->salvaged = true;
        out.status = ReadStatus::Partial;
        out.diagnostics.push_back(
            {"json-broken", "The JSON is broken; what could be read was checked", 0, DiagnosticLevel::Incomplete});
    }
    out.coverage = {json.valid() ? size : std::min<std::uint64_t>(json.understood(), size), size};
    out.own = std::move(own);
}

} // namespace cupel::formats::zeppelin
