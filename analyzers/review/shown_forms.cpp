// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/shown_forms.h"

#include "analyzers/base/hash.h"
#include "analyzers/base/utf8.h"
#include "analyzers/fixes/line_rows.h"
#include "analyzers/formats/image/image_places.h"
#include "analyzers/formats/image/image_strip.h"
#include "analyzers/formats/region_text.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace cupel::review {

namespace {

using fixes::PreviewRow;

constexpr std::size_t mostRows = 20'000; // lines that differ, of one of them

constexpr char pictureSign = '\1';

// Dots of masked letters are read as letters of base64, which are as many bytes.
std::string withoutDots(std::string_view text)
{
    constexpr std::string_view dot = "\u2022";
    std::string out(text);
    for (auto at = out.find(dot); at != std::string::npos; at = out.find(dot, at)) {
        out.replace(at, dot.size(), dot.size(), 'A');
    }
    return out;
}

std::string picturesOut(std::string_view text, std::size_t most)
{
    std::string out;
    std::size_t done = 0;
    const auto copy = [&out](std::string_view part) {
        for (const char c : part) {
            c == pictureSign ? out.append("\u2401") : out.append(1, c);
        }
    };
    const auto read = withoutDots(text);
    for (auto next = formats::nextEmbedded(read, 0); next && most > 0;
        next = formats::nextEmbedded(read, next->base64.end)) {
        if (!next->base64.empty()) {
            copy(text.substr(done, next->start - done));
            out.push_back(pictureSign);
            done = next->base64.end;
            --most;
        }
    }
    copy(text.substr(done));
    return out;
}

// A text that is too long to be compared by lines is still compared.
void digestRest(const Analysis& analysis, const Region& region, Shown& out)
{
    if (region.bytes.size() <= mostShownText) {
        return;
    }
    formats::RegionReader reader(analysis.facts.text(analysis.artifact), region);
    formats::TextPiece piece;
    Sha256Stream digest;
    std::uint64_t size = 0;
    while (reader.next(piece)) {
        const auto fresh = std::string_view(piece.text).substr(piece.overlap);
        // As `readRegion` takes pieces: the one that reaches the limit is the last.
        if (size >= mostShownText) {
            out.restSize += countCodePoints(fresh);
            digest.add(fresh);
        }
        size += fresh.size();
    }
    out.rest = out.restSize > 0 ? toHex(digest.finish()) : std::string();
}

// "[picture, 1234 bytes, metadata removed, pixels equal]"
std::string words(const std::string& picture, const std::string* other)
{
    std::string text = "[picture, " + std::to_string(picture.size()) + " bytes";
    if (other && *other != picture) {
        const auto bare = formats::withoutMetadata(picture);
        const auto otherBare = formats::withoutMetadata(*other);
        const bool same = bare.value_or(picture) == otherBare.value_or(*other);
        text += !same           ? ", pixels changed"
            : bare && otherBare ? ", other metadata, pixels equal"
            : bare              ? ", with metadata, pixels equal"
                                : ", metadata removed, pixels equal";
    }
    return text + "]";
}

std::string told(const Shown& one, const Shown& other)
{
    std::string out;
    std::size_t at = 0;
    for (const char c : one.text) {
        if (c != pictureSign) {
            out.push_back(c);
        } else if (at < one.pictures.size()) {
            out += words(one.pictures[at], at < other.pictures.size() ? &other.pictures[at] : nullptr);
            ++at;
        }
    }
    return out;
}

} // namespace

Shown shownForm(const Analysis& analysis, std::uint32_t index)
{
    constexpr std::size_t mostPictures = 200;
    const auto& region = analysis.facts.regions[index];
    Shown out;
    out.form = region.name;
    std::string keep;
    const auto take = [&](const formats::ImagePlace& place) {
        auto window = formats::imageAt(analysis.artifact, analysis.facts, place, keep);
        out.pictures.emplace_back(window.read(0, window.size()));
    };
    if (region.kind == RegionKind::Image) {
        formats::ImagePlace place;
        place.kind = formats::ImagePlace::Kind::Output;
        place.region = static_cast<std::int32_t>(index);
        take(place);
        out.text = pictureSign;
        return out;
    }
    std::vector<std::uint64_t> starts;
    for (const auto& place : formats::imagesInside(analysis.artifact, analysis.facts, index, mostPictures, starts)) {
        take(place);
    }
    out.text = picturesOut(fixes::shownRegion(analysis, region, mostShownText), out.pictures.size());
    digestRest(analysis, region, out);
    return out;
}

std::vector<PreviewRow> rowsOf(const Shown& before, const Shown& after, std::size_t around)
{
    auto rows = fixes::lineRows(told(before, after), told(after, before), around, mostRows);
    if (before.rest == after.rest) {
        return rows;
    }
    if (rows.empty() || rows.back().kind != PreviewRow::Kind::Cut) {
        rows.emplace_back().kind = PreviewRow::Kind::Cut;
    }
    rows.back().before.cut += before.restSize;
    rows.back().after.cut += after.restSize;
    return rows;
}

void keepOneSide(std::vector<PreviewRow>& rows, bool old)
{
    std::erase_if(rows, [old](const PreviewRow& row) {
        return row.kind == (old ? PreviewRow::Kind::Added : PreviewRow::Kind::Removed);
    });
    for (auto& row : rows) {
        if (row.kind != PreviewRow::Kind::Folded && row.kind != PreviewRow::Kind::Cut) {
            row.kind = old ? PreviewRow::Kind::Removed : PreviewRow::Kind::Added;
            (old ? row.after : row.before) = {};
        }
    }
}

std::vector<FormPair> alignForms(const OutputForms& before, const OutputForms& after)
{
    constexpr auto none = static_cast<std::size_t>(-1);
    std::multimap<std::string_view, std::size_t> open; // of one name in their order
    for (std::size_t i = 0; i < before.size(); ++i) {
        open.emplace(before[i].form, i);
    }
    std::vector<std::size_t> partners(after.size(), none);
    std::vector<bool> taken(before.size(), false);
    for (std::size_t i = 0; i < after.size(); ++i) {
        if (const auto first = open.lower_bound(after[i].form); first != open.end() && first->first == after[i].form) {
            partners[i] = first->second;
            taken[first->second] = true;
            open.erase(first);
        }
    }
    std::vector<FormPair> pairs;
    std::size_t next = 0;
    const auto lost = [&](std::size_t end) {
        for (; next < end; ++next) {
            if (!taken[next]) {
                pairs.emplace_back(&before[next], nullptr);
            }
        }
    };
    for (std::size_t i = 0; i < after.size(); ++i) {
        const auto partner = partners[i];
        if (partner != none) {
            lost(std::max(partner, next));
        }
        pairs.emplace_back(partner == none ? nullptr : &before[partner], &after[i]);
    }
    lost(before.size());
    return pairs;
}

} // namespace cupel::review
