// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/output_pages.h"

#include "widgets/notebook/cell_builder.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace cupel::widgets {

namespace {

constexpr int mostWork = 10'000; // microseconds for the outputs shown at once
constexpr std::size_t mostPieces = 50;

// Prefer what shows most without running anything.
int rank(const Region& region)
{
    switch (region.kind) {
    case RegionKind::Image:
        return 9;
    case RegionKind::Html:
        return 8;
    case RegionKind::Markdown:
        return 7;
    case RegionKind::Stream:
    case RegionKind::Error:
        return 6;
    case RegionKind::Text:
    case RegionKind::PlainText:
    case RegionKind::Name:
    case RegionKind::Template:
        return 5;
    case RegionKind::Latex:
        return 4;
    case RegionKind::Json:
        return 3;
    case RegionKind::Svg:
        return 2;
    default:
        return 1;
    }
}

} // namespace

OutputPages::OutputPages(
    const ReviewDocument& document, const Item& item, const std::function<bool(std::size_t)>& isShown)
    : m_document(document)
{
    for (const auto& placed : item.findings) {
        if (!isShown || isShown(placed.finding)) {
            m_found.insert(placed.region);
        }
    }
}

std::vector<OutputPiece> OutputPages::pieces(const formats::Cell& cell) const
{
    std::vector<OutputPiece> found;
    // Of one attachment the picture is enough, unless another form of it holds a finding.
    std::set<std::string_view> pictures;
    for (const auto region : cell.attachments) {
        const auto& one = regionAt(static_cast<int>(region));
        if (one.kind == RegionKind::Image) {
            pictures.insert(one.name);
        }
    }
    for (const auto region : cell.attachments) {
        const auto& one = regionAt(static_cast<int>(region));
        if (one.kind == RegionKind::Image || pictures.count(one.name) == 0 || hasFindings(static_cast<int>(region))) {
            found.push_back({OutputPiece::Kind::Attachment, static_cast<int>(region)});
        } else if (one.kind == RegionKind::Svg) {
            found.push_back({OutputPiece::Kind::AlsoDrawn, static_cast<int>(region)});
        }
    }
    for (const auto& output : cell.outputs) {
        addOutput(output, found);
    }
    return found;
}

void OutputPages::addOutput(const formats::Output& output, std::vector<OutputPiece>& pieces) const
{
    using Kind = OutputPiece::Kind;
    const bool hasTraceback = std::any_of(output.regions.begin(), output.regions.end(), [&](auto index) {
        const auto& region = regionAt(static_cast<int>(index));
        return region.name == "traceback" && region.bytes.size() > 4;
    });
    std::vector<int> forms; // of the same thing
    for (const auto index : output.regions) {
        const auto number = static_cast<int>(index);
        const auto& region = regionAt(number);
        if (region.kind == RegionKind::Error) {
            // A traceback says name and value again.
            if (region.name == "traceback" || !hasTraceback || hasFindings(number)) {
                pieces.push_back({Kind::Error, number});
            }
        } else if (region.kind == RegionKind::JavaScript || region.kind == RegionKind::WidgetState) {
            pieces.push_back({Kind::Form, number});
        } else {
            forms.push_back(number);
        }
    }
    const auto best = choose(forms);
    if (best >= 0) {
        pieces.push_back({Kind::Form, best});
    }
    const bool drawn = best >= 0 && regionAt(best).kind == RegionKind::Image;
    for (const auto form : forms) {
        if (form != best && hasFindings(form)) {
            pieces.push_back({Kind::AlsoFound, form});
        } else if (form != best && !drawn && regionAt(form).kind == RegionKind::Svg) {
            pieces.push_back({Kind::AlsoDrawn, form}); // what other viewers show in place of the words
        }
    }
}

int OutputPages::choose(const std::vector<int>& forms) const
{
    int best = -1;
    for (const auto form : forms) {
        if (best < 0 || rank(regionAt(form)) > rank(regionAt(best))) {
            best = form;
        }
    }
    return best;
}

int OutputPages::workOf(const Region& region)
{
    const auto bytes = [&region](double most) { return std::min(static_cast<double>(region.bytes.size()), most); };
    constexpr double flowing = 16 << 10; // laid out at once
    switch (region.kind) {
    case RegionKind::Image:
        return 60 + static_cast<int>(bytes(64 << 20) * 0.0008); // its pixels are made elsewhere
    case RegionKind::Html: // one part of it is laid out, all of it is read
        return 200 + static_cast<int>(bytes(320 << 10) * 0.06 + bytes(1 << 20) * 0.01 + bytes(flowing) * 0.4);
    case RegionKind::Markdown:
        return 200 + static_cast<int>(bytes(320 << 10) * 0.06 + bytes(flowing) * 0.4);
    default:
        return 100 + static_cast<int>(bytes(TextPages::pageBytes) * 0.04);
    }
}

std::vector<std::size_t> OutputPages::starts(const std::vector<OutputPiece>& pieces) const
{
    std::vector<std::size_t> found{0};
    int work = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto next = workOf(regionAt(pieces[i].region));
        if (i > found.back() && (work + next > mostWork || i - found.back() >= mostPieces)) {
            found.push_back(i);
            work = 0;
        }
        work += next;
    }
    return found;
}

void OutputPages::turnTo(const formats::Cell& cell, int region, CellView& view) const
{
    const auto all = pieces(cell);
    const auto hit =
        std::find_if(all.begin(), all.end(), [region](const auto& piece) { return piece.region == region; });
    if (hit == all.end()) {
        return; // in the source
    }
    const auto begins = starts(all);
    const auto after = std::upper_bound(begins.begin(), begins.end(), static_cast<std::size_t>(hit - all.begin()));
    const auto page = static_cast<std::size_t>(after - begins.begin()) - 1;
    if (page > 0 || view.pages.count(foldOutputsId) > 0) {
        view.pages[foldOutputsId] = page;
    }
}

int OutputPages::workOfPage(const formats::Cell& cell) const
{
    int work = 0;
    for (const auto& output : cell.outputs) {
        for (const auto region : output.regions) {
            work += workOf(regionAt(static_cast<int>(region)));
            if (work > mostWork) {
                return work; // the rest is on other pages
            }
        }
    }
    return work;
}

} // namespace cupel::widgets
