// SPDX-License-Identifier: GPL-3.0-or-later
// What is attached to cells, and how a drawing is told from other text.
#include "analyzers/base/image_magic.h"
#include "analyzers/base/json_text.h"
#include "analyzers/formats/base64_signs.h"
#include "analyzers/formats/notebook/notebook_cells.h"
#include "analyzers/formats/region_text.h"

namespace cupel::formats {

// A string that is base64 of an image, font, PDF ...: by its magic, never by what the MIME type claims.
bool NotebookWalker::isMedia(std::uint32_t node) const
{
    const auto& json = at(node);
    if (json.type != JsonType::Array && json.type != JsonType::String) {
        return false;
    }
    constexpr std::size_t enough = 64;
    std::string head;
    OffsetMap map;
    // The strings of a list are one text to every viewer, however little of it the first of them holds.
    auto quote = m_text.find('"', json.value.start);
    while (quote < json.value.end && head.size() < enough) {
        const auto read = unescapeJson(m_text, quote + 1, json.value.end, true, head, map, enough);
        quote = read.stoppedAtQuote ? m_text.find('"', read.end + 1) : ByteView::npos;
    }
    return !mediaByBase64(head).empty();
}

// SVG as it is written, or behind base64.
bool NotebookWalker::isDrawing(std::uint32_t node) const
{
    const auto& json = at(node);
    if (json.type == JsonType::Array ? !json.stringList : json.type != JsonType::String) {
        return false;
    }
    Region region;
    region.bytes = json.value;
    region.form = json.type == JsonType::Array ? TextForm::JsonStringList : TextForm::JsonString;
    region.bytes.start += json.type == JsonType::String ? 1 : 0;
    constexpr std::size_t head = 4096;
    return beginsLikeDrawing(readRegion(m_text, region, head).text) || isBase64Drawing(m_text, json.value);
}

// Said where nothing reads it.
void NotebookWalker::noteDrawing(std::uint32_t index, std::string_view mime)
{
    const auto& region = m_out.regions[index];
    const auto written = slice(m_text, region.bytes);
    const bool packed = written.substr(0, 8).find("H4sI") != ByteView::npos; // base64 of gzip
    if ((region.kind == RegionKind::Attachment || packed) && mime == "image/svg+xml" && !written.empty()) {
        m_out.status = ReadStatus::Partial;
        m_out.diagnostics.push_back({"drawing-not-read",
            "An attached drawing is written in a way that is not known: it was only looked at as text",
            region.bytes.start, DiagnosticLevel::Incomplete});
    }
}

void NotebookWalker::attachments(std::uint32_t node, Cell& cell, Owner owner)
{
    if (at(node).type != JsonType::Object) {
        addSalvaged(node, Part::Attachment, owner);
        return;
    }
    eachChild(node, [&](std::uint32_t file) {
        const auto name = toDisplayKey(key(file));
        addKey(file, Part::Attachment, owner);
        cell.attachmentNames.push_back(at(file).key);
        if (at(file).type != JsonType::Object) {
            cell.attachments.push_back(addText(file, RegionKind::Attachment, Part::Attachment, owner, name));
            return;
        }
        eachChild(file, [&](std::uint32_t data) {
            const auto kind = isMedia(data) ? RegionKind::Image
                : isDrawing(data)           ? RegionKind::Svg
                                            : RegionKind::Attachment;
            cell.attachments.push_back(addText(data, kind, Part::Attachment, owner, name));
            noteDrawing(cell.attachments.back(), key(data));
        });
    });
}

} // namespace cupel::formats
