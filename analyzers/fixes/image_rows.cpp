// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/image_rows.h"

#include "analyzers/base/utf8.h"
#include "analyzers/formats/image/byte_window.h"
#include "analyzers/formats/image/image_metadata.h"
#include "analyzers/formats/image/image_strip.h"

#include <algorithm>
#include <set>
#include <string>

namespace cupel::fixes {

namespace {

constexpr std::size_t longestLine = 400;

void addRow(std::vector<PreviewRow>& rows, const std::string& before, const std::string& after)
{
    const auto number = static_cast<std::uint32_t>(rows.size() + 1);
    PreviewRow row;
    row.kind = PreviewRow::Kind::Changed;
    row.before.number = row.after.number = number;
    row.before.text = toDisplay(before, longestLine);
    row.after.text = toDisplay(after, longestLine);
    row.before.spans.push_back(row.before.changed = {0, row.before.text.size()});
    row.after.spans.push_back(row.after.changed = {0, row.after.text.size()});
    rows.push_back(std::move(row));
}

// All the places of the pictures that are cleaned inside the region, each once.
std::set<ByteRange> picturesIn(const Plan& plan, const std::vector<std::size_t>& edits, ByteRange region)
{
    std::set<ByteRange> places;
    for (const auto index : edits) {
        const auto& edit = plan.edits[index];
        const auto& fix = plan.analysis->findings[edit.finding].fix;
        if (!stripsImages(edit) || !fix) {
            continue;
        }
        for (const auto& image : fix->edits) {
            const auto place = plan.analysis->facts.fromFile(image.bytes);
            if (region.start <= place.start && place.end <= region.end) {
                places.insert(place);
            }
        }
    }
    return places;
}

void addRest(
    std::vector<PreviewRow>& rows, const std::string& image, const std::set<std::string, std::less<>>& told, bool only)
{
    const auto clean = formats::withoutMetadata(image);
    if (!clean) {
        return;
    }
    formats::ByteWindow window{ByteView(image)};
    std::string tags;
    std::set<std::string, std::less<>> seen;
    for (const auto& note : formats::readImageMetadata(window).notes) {
        if (!told.contains(note.tag) && seen.insert(note.tag).second) {
            tags += (tags.empty() ? "" : ", ") + note.tag;
        }
    }
    const auto less = image.size() - std::min(image.size(), clean->size());
    const auto bytes = std::to_string(less) + " of " + std::to_string(image.size()) + " bytes";
    const std::string which = only ? "" : "Picture of " + std::to_string(image.size()) + " bytes: ";
    addRow(rows,
        which + (tags.empty() ? "all that is not picture" : tags + " and all else that is not picture") + ", " + bytes
            + " in all",
        "removed, picture unchanged");
}

} // namespace

bool stripsImages(const PlannedEdit& edit)
{
    return edit.kind == "strip-image-metadata";
}

std::vector<PreviewRow> imageRows(const Plan& plan, const std::vector<std::size_t>& edits, ByteRange region)
{
    constexpr std::size_t mostPictures = 20; // of one output, each with a row of its own
    std::vector<PreviewRow> rows;
    std::set<std::string, std::less<>> told;
    for (const auto index : edits) {
        const auto& edit = plan.edits[index];
        if (!stripsImages(edit)) {
            continue;
        }
        const auto& finding = plan.analysis->findings[edit.finding];
        if (finding.family == Family::Secret) { // its checks say what it is, not which field holds it
            addRow(rows, finding.title, finding.title + " removed, picture unchanged");
            continue;
        }
        for (const auto& evidence : finding.evidence) {
            if (evidence.role != "check") {
                continue;
            }
            const auto tag = evidence.excerpt.substr(0, evidence.excerpt.find(" = "));
            told.insert(tag);
            addRow(rows, evidence.excerpt, tag + " removed, picture unchanged");
        }
    }
    const auto& analysis = *plan.analysis;
    const auto text = analysis.facts.text(analysis.artifact);
    const auto places = picturesIn(plan, edits, region);
    std::size_t count = 0;
    for (const auto place : places) {
        const auto written = slice(text, place);
        if (++count > mostPictures) {
            addRow(rows, std::to_string(places.size() - mostPictures) + " more pictures: all that is not picture",
                "removed, pictures unchanged");
            break;
        }
        auto window =
            analysis.facts.format == "image" ? formats::ByteWindow(written) : formats::ByteWindow::ofBase64(written);
        addRest(rows, std::string(window.read(0, window.size())), told, places.size() == 1);
    }
    return rows;
}

} // namespace cupel::fixes
