// SPDX-License-Identifier: GPL-3.0-or-later
// Walks the JSON outline of a notebook into cells, outputs and regions. Every string of the file ends up in a region:
// what no version of nbformat defines becomes RegionKind::Salvaged.
#pragma once

#include "analyzers/base/json_keys.h"
#include "analyzers/base/json_outline.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/notebook/notebook_facts.h"

namespace cupel::formats {

class NotebookWalker {
public:
    NotebookWalker(ByteView text, const JsonOutline& outline, NotebookFacts& own, Facts& out)
        : m_text(text)
        , m_json(outline)
        , m_keys(text)
        , m_own(own)
        , m_out(out)
    {
    }
    void walk();

private:
    struct Owner {
        std::int32_t cell = -1;
        std::int32_t codeCell = -1;
        std::int32_t output = -1;
    };
    [[nodiscard]] std::string_view key(std::uint32_t node) const { return m_keys.of(m_json.nodes()[node]); }
    // Names of keys are shown to people; a long one may hold anything and is cut.
    [[nodiscard]] static std::string toDisplayKey(std::string_view name) { return toDisplay(name, 60); }
    [[nodiscard]] const JsonNode& at(std::uint32_t node) const { return m_json.nodes()[node]; }
    template <typename Visit> void eachChild(std::uint32_t node, Visit visit)
    {
        for (auto child = at(node).firstChild; child != 0; child = at(child).nextSibling) {
            visit(child);
        }
    }
    std::uint32_t addText(std::uint32_t node, RegionKind kind, Part part, Owner owner, std::string name = {});
    void addSalvaged(std::uint32_t node, Part part, Owner owner);
    void addKey(std::uint32_t node, Part part, Owner owner);
    std::optional<std::int64_t> number(std::uint32_t node, Part part, Owner owner);
    void addGaps(std::uint32_t array, Part part, Owner owner);
    void metadata(std::uint32_t node);
    void worksheets(std::uint32_t node);
    void cells(std::uint32_t node);
    void cell(std::uint32_t node);
    void cellMember(std::uint32_t node, Cell& cell, Owner owner);
    void cellFlags(std::uint32_t metadata, Cell& cell) const;
    void note(FormFlaw& flaw, std::uint32_t node, std::int32_t cell) const;
    void noteDisguise(std::uint32_t node, std::int32_t cell);
    // What nbformat says of known keys; `inside`: of an object in the metadata.
    void checkTypes(std::uint32_t metadata, bool ofCell, bool inside = false);
    void attachments(std::uint32_t node, Cell& cell, Owner owner);
    [[nodiscard]] bool isDrawing(std::uint32_t node) const;
    void noteDrawing(std::uint32_t index, std::string_view mime);
    void outputs(std::uint32_t node, Cell& cell, Owner owner);
    void output(std::uint32_t node, Cell& cell, Owner owner);
    void outputMember(std::uint32_t node, Output& output, Owner owner);
    std::uint32_t addMime(std::uint32_t node, std::string mime, Owner owner);
    [[nodiscard]] bool isMedia(std::uint32_t node) const;
    void checkDuplicateKeys(std::uint32_t node, std::int32_t cell);
    void checkIds();

    ByteView m_text;
    const JsonOutline& m_json;
    JsonKeys m_keys;
    NotebookFacts& m_own;
    Facts& m_out;
    std::int32_t m_codeCells = 0;
    FormFlaw m_wrongTypes{"metadata-type", {}, {}, -1, 0}; // known keys of metadata with a value of another type
    FormFlaw m_disguised{"disguised-key", {}, {}, -1, 0}; // keys in escapes that they do not need
};

} // namespace cupel::formats
