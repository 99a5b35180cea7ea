// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/image/image_places.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/base/image_magic.h"
#include "analyzers/formats/region_text.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

namespace {

constexpr std::size_t mostText = 96 << 20; // of one region
constexpr std::string_view sign = "data:image";

bool isBase64(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/'
        || c == '=';
}

bool isPicture(std::string_view format)
{
    constexpr std::array<std::string_view, 7> pictures{"png", "jpeg", "gif", "webp", "bmp", "tiff", "ico"};
    return std::find(pictures.begin(), pictures.end(), format) != pictures.end();
}

ImagePlace placeIn(const Region& region, std::size_t index, ImagePlace::Kind kind)
{
    ImagePlace place;
    place.kind = kind;
    place.region = static_cast<std::int32_t>(index);
    place.cell = region.cell;
    place.output = region.output;
    place.name = region.name;
    return place;
}

// Where the address ends, the text goes on with a sign base64 lacks.
void addEmbedded(ByteView text, const Region& region, std::size_t index, std::size_t most, std::vector<ImagePlace>& out)
{
    for (auto next = nextEmbedded(text, 0); next && out.size() < most;) {
        auto place = placeIn(region, index, ImagePlace::Kind::Embedded);
        place.name = std::string(next->claimed);
        place.text = next->base64;
        if (place.name.starts_with("image/svg")) {
            place.kind = ImagePlace::Kind::Drawing;
        }
        if (!place.text.empty()) {
            out.push_back(std::move(place));
        }
        next = nextEmbedded(text, next->base64.end);
    }
}

// Not read for nothing: an address stands in the file as it is, unless escapes, strings of a list or base64 hide it.
bool mayHoldAddress(ByteView raw, const Region& region)
{
    return raw.find(sign) != ByteView::npos || region.form == TextForm::JsonStringList
        || (region.form == TextForm::JsonString && raw.find("\\u") != ByteView::npos)
        || (region.kind == RegionKind::Svg && raw.find('<') == ByteView::npos);
}

// Enough of it to know it by; a list of strings is not put together for that.
bool headIsToBeSeen(const Artifact& artifact, const Facts& facts, const ImagePlace& place)
{
    constexpr std::size_t head = 4096;
    constexpr std::size_t enough = 64; // bytes
    const auto& region = facts.regions[static_cast<std::size_t>(place.region)];
    std::string keep;
    if (region.form == TextForm::JsonStringList && place.text.empty() && region.bytes.size() > head) {
        keep = readRegion(facts.text(artifact), region, head).text;
        const auto start = std::find_if(keep.begin(), keep.end(), isBase64) - keep.begin();
        auto window = ByteWindow::ofBase64(ByteView(keep).substr(static_cast<std::size_t>(start)));
        if (window.size() >= enough) {
            return isToBeSeen(window, place.name);
        }
    }
    auto window = imageAt(artifact, facts, place, keep);
    return isToBeSeen(window, place.name);
}

} // namespace

std::optional<EmbeddedImage> nextEmbedded(ByteView text, std::size_t from)
{
    constexpr std::string_view marker = ";base64,";
    constexpr std::size_t longestType = 60;
    for (auto at = findText(text, sign, from); at != ByteView::npos; at = findText(text, sign, at + 1)) {
        const auto mark = text.substr(at, longestType + marker.size()).find(marker);
        if (mark != ByteView::npos) {
            const auto start = at + mark + marker.size();
            auto end = start;
            while (end < text.size() && isBase64(text[end])) {
                ++end;
            }
            return EmbeddedImage{at, text.substr(at + 5, mark - 5), {start, end}};
        }
    }
    return std::nullopt;
}

bool isToBeSeen(ByteWindow& image, std::string_view claimed)
{
    constexpr std::uint64_t smallest = 26; // a GIF of one point
    return image.size() >= smallest && (claimed.starts_with("image/") || !mediaByMagic(image.read(0, 64)).empty());
}

bool isToBeSeen(const Artifact& artifact, const Facts& facts, const ImagePlace& place)
{
    if (place.region < 0) {
        ByteWindow window(artifact.view());
        return facts.format == "image" && isToBeSeen(window, {});
    }
    const auto kind = facts.regions[static_cast<std::size_t>(place.region)].kind;
    if (place.text.empty() && kind != RegionKind::Image) {
        return kind == RegionKind::Svg; // the name of an output makes no picture of it
    }
    return headIsToBeSeen(artifact, facts, place);
}

std::vector<ImagePlace> listImages(const Artifact& artifact, const Facts& facts, Budget& budget, std::size_t most)
{
    std::vector<ImagePlace> out;
    if (isPicture(mediaByMagic(artifact.view().substr(0, 64))) || isToBeSeen(artifact, facts, {})) {
        out.push_back({});
        return out;
    }
    const auto text = facts.text(artifact);
    for (std::size_t i = 0; i < facts.regions.size() && out.size() < most; ++i) {
        const auto& region = facts.regions[i];
        const auto raw = slice(text, region.bytes);
        const bool named = region.name.starts_with("image/");
        const bool drawing = region.kind == RegionKind::Svg;
        if (drawing) {
            out.push_back(placeIn(region, i, ImagePlace::Kind::Drawing));
        }
        if (!drawing && (region.kind == RegionKind::Image || (named && region.part == Part::Output))) {
            const bool attached = region.part == Part::Attachment;
            auto place = placeIn(region, i, attached ? ImagePlace::Kind::Attachment : ImagePlace::Kind::Output);
            std::string keep;
            auto window = imageAt(artifact, facts, place, keep);
            if (named || isPicture(mediaByMagic(window.read(0, 64))) || isToBeSeen(artifact, facts, place)) {
                out.push_back(std::move(place));
            }
        } else if (raw.size() <= mostText && mayHoldAddress(raw, region)) { // in drawings, too
            addEmbedded(readRegion(text, region, mostText).text, region, i, most, out);
        }
        if (!budget.spend(raw.size() + 64)) {
            break;
        }
    }
    return out;
}

std::vector<ImagePlace> imagesInside(const Artifact& artifact, const Facts& facts, std::size_t region, std::size_t most,
    std::vector<std::uint64_t>& starts)
{
    std::vector<ImagePlace> out;
    starts.clear();
    const auto& one = facts.regions[region];
    if (mayHoldAddress(slice(facts.text(artifact), one.bytes), one)) {
        const auto piece = readRegion(facts.text(artifact), one, mostText);
        addEmbedded(piece.text, one, region, most, out);
        for (const auto& place : out) {
            starts.push_back(piece.map.toRaw(place.text.start));
        }
    }
    return out;
}

ByteWindow imageAt(const Artifact& artifact, const Facts& facts, const ImagePlace& place, std::string& keep)
{
    if (place.region < 0 || static_cast<std::size_t>(place.region) >= facts.regions.size()) {
        return ByteWindow(place.region < 0 ? artifact.view() : ByteView());
    }
    const auto text = facts.text(artifact);
    const auto& region = facts.regions[static_cast<std::size_t>(place.region)];
    const bool direct = place.text.empty() && (region.form == TextForm::Plain || region.form == TextForm::JsonString);
    if (!direct) {
        keep = readRegion(text, region, mostText).text;
    }
    auto base64 = direct ? slice(text, region.bytes) : ByteView(keep);
    if (!place.text.empty()) {
        base64 = slice(base64, place.text);
    }
    while (!base64.empty() && !isBase64(base64.front())) { // quotes, blanks, line breaks in front
        base64.remove_prefix(base64.starts_with("\\n") || base64.starts_with("\\r") ? 2 : 1);
    }
    return ByteWindow::ofBase64(base64);
}

} // namespace cupel::formats
