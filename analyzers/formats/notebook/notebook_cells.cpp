// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/notebook/notebook_cells.h"

#include "analyzers/base/json_text.h"
#include "analyzers/formats/notebook/notebook_words.h"

#include <algorithm>
#include <array>
#include <set>

namespace cupel::formats {

const NotebookFacts* notebookFacts(const Facts& facts)
{
    return dynamic_cast<const NotebookFacts*>(facts.own.get());
}

std::uint32_t NotebookWalker::addText(std::uint32_t node, RegionKind kind, Part part, Owner owner, std::string name)
{
    const auto& json = at(node);
    Region region;
    region.kind = kind;
    region.part = part;
    region.cell = owner.cell;
    region.codeCell = owner.codeCell;
    region.output = owner.output;
    region.name = std::move(name);
    region.bytes = json.value;
    if (json.type == JsonType::String) {
        region.form = TextForm::JsonString;
        region.bytes.start += 1;
        const bool closed = json.value.size() >= 2 && m_text[json.value.end - 1] == '"';
        region.bytes.end -= closed ? 1 : 0;
    } else {
        region.form = json.stringList ? TextForm::JsonStringList : TextForm::JsonValue;
    }
    m_out.regions.push_back(std::move(region));
    return static_cast<std::uint32_t>(m_out.regions.size() - 1);
}

// A member nobody knows: its key and value as they stand.
void NotebookWalker::addSalvaged(std::uint32_t node, Part part, Owner owner)
{
    const auto& json = at(node);
    const auto index = addText(node, RegionKind::Salvaged, part, owner, std::string(toDisplayKey(key(node))));
    auto& region = m_out.regions[index];
    region.form = TextForm::JsonValue;
    region.bytes = {json.key.empty() ? json.value.start : json.key.start, json.value.end};
}

// A key that a program made up: shown as a name, and able to hold anything.
void NotebookWalker::addKey(std::uint32_t node, Part part, Owner owner)
{
    const auto& json = at(node);
    if (!isWord(slice(m_text, json.key))) {
        Region region;
        region.kind = RegionKind::Salvaged;
        region.part = part;
        region.form = TextForm::JsonString;
        region.bytes = json.key;
        region.cell = owner.cell;
        region.codeCell = owner.codeCell;
        region.output = owner.output;
        m_out.regions.push_back(std::move(region));
    }
}

// Strings that stand in a list which should hold objects only (the list is broken).
void NotebookWalker::addGaps(std::uint32_t array, Part part, Owner owner)
{
    const auto& json = at(array);
    if (!json.opaque && !json.stringList) {
        return;
    }
    std::uint64_t from = json.value.start;
    const auto add = [&](std::uint64_t to) {
        const ByteRange gap{from, to};
        if (slice(m_text, gap).find('"') != ByteView::npos) {
            Region region;
            region.kind = RegionKind::Salvaged;
            region.part = part;
            region.form = TextForm::JsonValue;
            region.bytes = gap;
            region.cell = owner.cell;
            region.codeCell = owner.codeCell;
            m_out.regions.push_back(region);
        }
    };
    eachChild(array, [&](std::uint32_t child) {
        add(at(child).value.start);
        from = at(child).value.end;
    });
    add(json.value.end);
}

void NotebookWalker::walk()
{
    if (at(0).type != JsonType::Object) {
        m_out.flaws.push_back({"not-an-object", at(0).value, {}, -1, 1});
        addText(0, RegionKind::Salvaged, Part::Source, {});
        return;
    }
    checkDuplicateKeys(0, -1);
    bool anyCells = false;
    eachChild(0, [&](std::uint32_t child) {
        const auto name = key(child);
        if (name == "nbformat" || name == "nbformat_minor") {
            const auto number = m_json.integer(m_text, child);
            (name == "nbformat" ? m_own.nbformat : m_own.nbformatMinor) = number.value_or(name == "nbformat" ? 0 : -1);
            if (!number) {
                addSalvaged(child, Part::Metadata, {});
            }
        } else if (name == "metadata") {
            metadata(child);
        } else if (name == "cells") {
            anyCells = true;
            cells(child);
        } else if (name == "worksheets") {
            anyCells = true;
            worksheets(child);
        } else {
            addSalvaged(child, Part::Metadata, {});
        }
    });
    if (!anyCells) {
        m_out.flaws.push_back({"no-cells", at(0).value, {}, -1, 1});
    }
    checkIds();
}

void NotebookWalker::metadata(std::uint32_t node)
{
    if (at(node).type != JsonType::Object) {
        addText(node, RegionKind::Metadata, Part::Metadata, {}, "metadata");
        return;
    }
    checkTypes(node, false);
    if (const auto spec = m_json.member(m_text, node, "kernelspec")) {
        if (const auto name = m_json.member(m_text, *spec, "display_name")) {
            m_own.kernel = m_json.string(m_text, *name, 120);
        }
        if (const auto language = m_json.member(m_text, *spec, "language")) {
            m_own.language = m_json.string(m_text, *language, 40);
        }
    }
    if (const auto info = m_json.member(m_text, node, "language_info")) {
        if (const auto name = m_json.member(m_text, *info, "name")) {
            m_own.language = m_json.string(m_text, *name, 40);
        }
    }
    eachChild(node, [&](std::uint32_t child) {
        const bool widgets = key(child) == "widgets";
        const auto index = addText(child, widgets ? RegionKind::WidgetState : RegionKind::Metadata, Part::Metadata, {},
            toDisplayKey(key(child)));
        auto& region = m_out.regions[index];
        region.form = TextForm::JsonValue; // the key belongs to it: "key": value is how credentials are told from ids
        region.bytes = {at(child).key.empty() ? at(child).value.start : at(child).key.start - 1, at(child).value.end};
    });
}

void NotebookWalker::worksheets(std::uint32_t node)
{
    addGaps(node, Part::Source, {});
    eachChild(node, [&](std::uint32_t sheet) {
        if (at(sheet).type != JsonType::Object) {
            addSalvaged(sheet, Part::Source, {});
            return;
        }
        eachChild(sheet, [&](std::uint32_t child) {
            if (key(child) == "cells") {
                cells(child);
            } else {
                addSalvaged(child, Part::Metadata, {});
            }
        });
    });
}

void NotebookWalker::cells(std::uint32_t node)
{
    if (at(node).type != JsonType::Array) {
        addSalvaged(node, Part::Source, {});
        return;
    }
    addGaps(node, Part::Source, {});
    eachChild(node, [&](std::uint32_t child) {
        if (at(child).type == JsonType::Object) {
            cell(child);
        } else {
            addSalvaged(child, Part::Source, {});
        }
    });
}

void NotebookWalker::cell(std::uint32_t node)
{
    Cell cell;
    cell.bytes = at(node).value;
    Owner owner;
    owner.cell = static_cast<std::int32_t>(m_own.cells.size());
    if (const auto type = m_json.member(m_text, node, "cell_type")) {
        cell.kind = kindOfCell(m_json.string(m_text, *type, 20));
    }
    if (cell.kind == CellKind::Unknown) {
        m_out.flaws.push_back({"unknown-cell-type", cell.bytes, {}, owner.cell, 1});
    }
    if (cell.kind == CellKind::Code) {
        owner.codeCell = m_codeCells++;
        cell.codeCell = owner.codeCell;
    }
    checkDuplicateKeys(node, owner.cell);
    eachChild(node, [&](std::uint32_t child) { cellMember(child, cell, owner); });
    m_own.outputCount += cell.outputs.size();
    m_own.cells.push_back(std::move(cell));
}

void NotebookWalker::cellMember(std::uint32_t node, Cell& cell, Owner owner)
{
    const auto name = key(node);
    if (name == "source" || name == "input") {
        cell.source = static_cast<std::int32_t>(addText(node, regionOf(cell.kind), Part::Source, owner));
        if (at(node).type != JsonType::String && !at(node).stringList) {
            m_out.flaws.push_back({"source-not-text", at(node).value, {}, owner.cell, 1});
        }
    } else if (name == "outputs") {
        outputs(node, cell, owner);
    } else if (name == "metadata") {
        cellFlags(node, cell);
        checkTypes(node, true);
        if (at(node).firstChild != 0 || at(node).type != JsonType::Object) {
            cell.metadata =
                static_cast<std::int32_t>(addText(node, RegionKind::Metadata, Part::Metadata, owner, "cell metadata"));
        }
    } else if (name == "attachments") {
        attachments(node, cell, owner);
    } else if (name == "execution_count" || name == "prompt_number") {
        cell.executionCount = number(node, Part::Source, owner);
    } else if (name == "id" && at(node).type == JsonType::String) {
        cell.id = m_json.string(m_text, node, 64);
        if (!isCellId(slice(m_text, at(node).value))) {
            addSalvaged(node, Part::Metadata, owner);
        }
    } else if (name == "level") {
        cell.headingLevel =
            static_cast<std::uint32_t>(std::clamp<std::int64_t>(number(node, Part::Metadata, owner).value_or(1), 1, 6));
    } else if ((name != "cell_type" && name != "collapsed" && name != "language")
        || !isWord(slice(m_text, at(node).value))) {
        addSalvaged(node, Part::Metadata, owner);
    }
}

// A number; what else stands in its place is looked at.
std::optional<std::int64_t> NotebookWalker::number(std::uint32_t node, Part part, Owner owner)
{
    const auto value = m_json.integer(m_text, node);
    if (!value && slice(m_text, at(node).value) != "null") {
        addSalvaged(node, part, owner);
    }
    return value;
}

// "2026-11-29T..." of ISO 8601.
static bool beginsWithDate(std::string_view text)
{
    constexpr std::string_view form = "0000-00-00T";
    return text.size() >= form.size() && std::equal(form.begin(), form.end(), text.begin(), [](char wanted, char c) {
        return wanted == '0' ? c >= '0' && c <= '9' : c == wanted;
    });
}

void NotebookWalker::checkTypes(std::uint32_t metadata, bool ofCell, bool inside)
{
    struct Known {
        std::string_view key;
        bool ofCell;
        std::string_view first; // letters a value of the right type begins with
    };
    // "scrolled" may also be "auto"; the times of a run are dates.
    static constexpr std::array<Known, 18> known{
        {{"collapsed", true, "tf"}, {"name", true, "\""}, {"source_hidden", true, "tf"}, {"outputs_hidden", true, "tf"},
            {"scrolled", true, "tf\""}, {"deletable", true, "tf"}, {"editable", true, "tf"}, {"format", true, "\""},
            {"tags", true, "["}, {"jupyter", true, "{"}, {"execution", true, "{"}, {"kernelspec", false, "{"},
            {"language_info", false, "{"}, {"authors", false, "["}, {"iopub.execute_input", true, "\""},
            {"iopub.status.busy", true, "\""}, {"iopub.status.idle", true, "\""}, {"shell.execute_reply", true, "\""}}};
    if (at(metadata).type != JsonType::Object) {
        return;
    }
    eachChild(metadata, [&](std::uint32_t child) {
        const auto name = key(child);
        const auto value = slice(m_text, at(child).value);
        const auto* row = std::find_if(
            known.begin(), known.end(), [&](const Known& one) { return one.ofCell == ofCell && one.key == name; });
        const bool null = value == "null"; // some programs write it for "not set"
        const bool time = name.starts_with("iopub.") || name.starts_with("shell.");
        const bool wrongWord = value.starts_with('"')
            && ((name == "scrolled" && value != "\"auto\"") || (time && !beginsWithDate(value.substr(1))));
        if (row == known.end() || value.empty() || null
            || (row->first.find(value.front()) != std::string_view::npos && !wrongWord)) {
            return;
        }
        note(m_wrongTypes, child, ofCell ? static_cast<std::int32_t>(m_own.cells.size()) : -1);
    });
    for (const std::string_view part : {"jupyter", "execution"}) {
        if (const auto inner = m_json.member(m_text, metadata, part); ofCell && !inside && inner) {
            checkTypes(*inner, true, true);
        }
    }
}

void NotebookWalker::noteDisguise(std::uint32_t node, std::int32_t cell)
{
    if (m_keys.isDisguised(at(node))) {
        note(m_disguised, node, cell);
    }
}

// One flaw for all of them, which names each: '"tags" (cell 3)'.
void NotebookWalker::note(FormFlaw& flaw, std::uint32_t node, std::int32_t cell) const
{
    constexpr std::uint32_t named = 20;
    // With its key: the value alone says little.
    const ByteRange place{at(node).key.empty() ? at(node).value.start : at(node).key.start - 1, at(node).value.end};
    if (flaw.count++ == 0) {
        flaw.bytes = place;
        flaw.cell = cell;
    } else if (flaw.others.size() < named) {
        flaw.others.push_back(place);
    }
    if (flaw.count <= named) {
        flaw.detail += (flaw.detail.empty() ? "\"" : ", \"") + toDisplayKey(key(node)) + "\" ("
            + (cell < 0 ? std::string("notebook") : "cell " + std::to_string(cell)) + ')';
    }
}

void NotebookWalker::cellFlags(std::uint32_t metadata, Cell& cell) const
{
    const auto isTrue = [&](std::uint32_t node, std::string_view name) {
        const auto child = m_json.member(m_text, node, name);
        return child && slice(m_text, at(*child).value) == "true";
    };
    cell.sourceHidden = isTrue(metadata, "hide_input");
    cell.outputsHidden = isTrue(metadata, "collapsed");
    if (const auto jupyter = m_json.member(m_text, metadata, "jupyter")) {
        cell.sourceHidden = cell.sourceHidden || isTrue(*jupyter, "source_hidden");
        cell.outputsHidden = cell.outputsHidden || isTrue(*jupyter, "outputs_hidden");
    }
}

void NotebookWalker::outputs(std::uint32_t node, Cell& cell, Owner owner)
{
    if (at(node).type != JsonType::Array) {
        addSalvaged(node, Part::Output, owner);
        return;
    }
    addGaps(node, Part::Output, owner);
    eachChild(node, [&](std::uint32_t child) {
        owner.output = static_cast<std::int32_t>(cell.outputs.size());
        if (at(child).type == JsonType::Object) {
            output(child, cell, owner);
        } else {
            addSalvaged(child, Part::Output, owner);
        }
    });
}

void NotebookWalker::output(std::uint32_t node, Cell& cell, Owner owner)
{
    Output output;
    output.bytes = at(node).value;
    if (const auto type = m_json.member(m_text, node, "output_type")) {
        output.type = m_json.string(m_text, *type, 40);
    }
    eachChild(node, [&](std::uint32_t child) { outputMember(child, output, owner); });
    cell.outputs.push_back(std::move(output));
}

void NotebookWalker::outputMember(std::uint32_t node, Output& output, Owner owner)
{
    noteDisguise(node, owner.cell);
    const auto name = key(node);
    const auto keep = [&output](std::uint32_t region) { output.regions.push_back(region); };
    if (name == "output_type" || name == "name" || name == "stream") {
        if (!isWord(slice(m_text, at(node).value))) {
            addSalvaged(node, Part::Output, owner);
        }
    } else if (name == "execution_count" || name == "prompt_number") {
        output.executionCount = number(node, Part::Output, owner);
    } else if (name == "text" && output.type == "stream") {
        keep(addText(node, RegionKind::Stream, Part::Output, owner, "stream"));
    } else if (name == "traceback" || name == "ename" || name == "evalue") {
        keep(addText(node, RegionKind::Error, Part::Output, owner, std::string(name)));
    } else if (name == "data" && at(node).type == JsonType::Object) {
        eachChild(node, [&](std::uint32_t mime) {
            noteDisguise(mime, owner.cell);
            keep(addMime(mime, toDisplayKey(key(mime)), owner));
            addKey(mime, Part::Output, owner);
        });
    } else if (name == "metadata") {
        const auto isolated = m_json.member(m_text, node, "isolated");
        if (const auto value = isolated ? slice(m_text, at(*isolated).value) : ByteView();
            !value.empty() && value != "true" && value != "false" && value != "null") {
            note(m_wrongTypes, *isolated, owner.cell);
        }
        if (at(node).firstChild != 0 || at(node).type != JsonType::Object) {
            output.metadata = static_cast<std::int32_t>(
                addText(node, RegionKind::Metadata, Part::Metadata, owner, "output metadata"));
        }
    } else if (const auto mime = mimeOfVersion3(name); !mime.empty()) {
        keep(addMime(node, std::string(mime), owner));
    } else {
        addSalvaged(node, Part::Output, owner);
    }
}

std::uint32_t NotebookWalker::addMime(std::uint32_t node, std::string mime, Owner owner)
{
    if (isMedia(node)) {
        return addText(node, RegionKind::Image, Part::Output, owner, std::move(mime));
    }
    const auto kind = kindOfMime(mime);
    const bool claimsMedia = (mime.starts_with("image/") && kind != RegionKind::Svg) || mime.starts_with("audio/")
        || mime.starts_with("video/");
    const bool text = at(node).type == JsonType::String || at(node).stringList;
    if (claimsMedia && text && slice(m_text, at(node).value).find_first_not_of("[]\", \t\r\n") != ByteView::npos) {
        m_out.flaws.push_back({"media-without-magic", at(node).value, mime, owner.cell, 1});
    }
    return addText(node, claimsMedia ? RegionKind::Attachment : kind, Part::Output, owner, std::move(mime));
}

// Parsers disagree on which of two equal keys counts: a way to show one thing and run another.
void NotebookWalker::checkDuplicateKeys(std::uint32_t node, std::int32_t cell)
{
    std::set<std::string_view> seen;
    eachChild(node, [&](std::uint32_t child) {
        const auto name = key(child);
        noteDisguise(child, cell);
        if (!name.empty() && !seen.insert(name).second) {
            m_out.flaws.push_back(
                {"duplicate-key", {at(child).key.start, at(child).value.end}, toDisplayKey(name), cell, 1});
        }
    });
}

void NotebookWalker::checkIds()
{
    const bool wantsIds = m_own.nbformat == 4 && m_own.nbformatMinor >= 5;
    std::set<std::string_view> seen;
    std::uint32_t missingIds = 0;
    std::uint32_t doubled = 0;
    ByteRange firstMissing;
    ByteRange firstDoubled;
    for (const auto& cell : m_own.cells) {
        if (cell.id.empty()) {
            firstMissing = missingIds++ == 0 ? cell.bytes : firstMissing;
        } else if (!seen.insert(cell.id).second) {
            firstDoubled = doubled++ == 0 ? cell.bytes : firstDoubled;
        }
    }
    if (wantsIds && missingIds > 0) {
        m_out.flaws.push_back({"missing-cell-ids", firstMissing, std::to_string(missingIds), -1, missingIds});
    }
    for (auto* flaw : {&m_wrongTypes, &m_disguised}) {
        constexpr std::uint32_t named = 20;
        if (flaw->count > named) {
            flaw->detail += " and " + std::to_string(flaw->count - named) + " more";
        }
        flaw->count > 0 ? m_out.flaws.push_back(*flaw) : void();
    }
    if (doubled > 0) {
        m_out.flaws.push_back({"duplicate-cell-ids", firstDoubled, std::to_string(doubled), -1, doubled});
    }
}

} // namespace cupel::formats
