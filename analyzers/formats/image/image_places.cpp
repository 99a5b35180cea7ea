// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/image/image_places.h"

#include "analyzers/base/image_magic.h"
#include "analyzers/formats/image/base64_text.h"
#include "analyzers/formats/region_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel::formats {

namespace {

constexpr std::uint64_t smallestPicture = 26; // a GIF of one point
constexpr std::size_t mostText = 96 << 20; // of one region
constexpr std::size_t mostOthers = 300; // that only talk of pictures

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

// What is listed: what is only like a picture takes no room from what is one.
struct List {
    explicit List(std::size_t mostSeen)
        : most(mostSeen)
        , mostLike(std::min(mostSeen, mostOthers))
    {
    }
    std::vector<ImagePlace> places;
    std::size_t most;
    std::size_t mostLike;
    std::size_t seen = 0;

    [[nodiscard]] bool isFull() const { return seen >= most; }
    void add(ImagePlace place)
    {
        if (place.toBeSeen || places.size() - seen < mostLike) {
            seen += place.toBeSeen ? 1 : 0;
            places.push_back(std::move(place));
        }
    }
};

void addEmbedded(ByteView text, const Region& region, std::size_t index, List& out)
{
    for (auto next = nextEmbedded(text, 0); next && !out.isFull(); next = nextEmbedded(text, next->base64.end)) {
        auto place = placeIn(region, index, ImagePlace::Kind::Embedded);
        auto window = ByteWindow::ofBase64(slice(text, next->base64));
        place.toBeSeen = isToBeSeen(window, next->claimed);
        place.name = std::move(next->claimed);
        place.text = next->base64;
        if (place.name.starts_with("image/svg")) {
            place.kind = ImagePlace::Kind::Drawing;
        }
        if (!place.text.empty()) {
            out.add(std::move(place));
        }
    }
}

// Not read for nothing: an address stands in the file as it is, unless escapes, strings of a list or base64 hide it.
bool mayHoldAddress(ByteView raw, const Region& region)
{
    return region.form == TextForm::JsonStringList || mayHoldEmbedded(raw)
        || (region.form == TextForm::JsonString && raw.find("\\u") != ByteView::npos)
        || (region.kind == RegionKind::Svg && raw.find('<') == ByteView::npos);
}

// Enough of a picture to know it by.
constexpr std::size_t headSize = 4096;

ByteWindow headOf(ByteView base64)
{
    constexpr std::size_t enough = 64; // bytes
    auto window = ByteWindow::ofBase64(base64.substr(0, headSize));
    return window.size() >= enough || base64.size() <= headSize ? window : ByteWindow::ofBase64(base64);
}

// An output that is said to be a picture of a form that is not known, and is base64. Other viewers may know it.
bool mayBePicture(ByteView text, const Region& region)
{
    if (region.kind != RegionKind::Attachment || region.part != Part::Output || !region.name.starts_with("image/")) {
        return false;
    }
    auto window = headOf(slice(text, base64In(text, region)));
    return isToBeSeen(window, region.name) && window.read(0, smallestPicture).size() == smallestPicture;
}

} // namespace

bool isPictureFormat(std::string_view format)
{
    constexpr std::array<std::string_view, 7> pictures{"png", "jpeg", "gif", "webp", "bmp", "tiff", "ico"};
    return std::find(pictures.begin(), pictures.end(), format) != pictures.end();
}

bool isToBeSeen(ByteWindow& image, std::string_view claimed)
{
    return image.size() >= smallestPicture
        && (claimed.starts_with("image/") || !mediaByMagic(image.read(0, 64)).empty());
}

bool isToBeSeen(const Artifact& artifact, const Facts& facts, const ImagePlace& place)
{
    if (place.region < 0) {
        ByteWindow window(artifact.view());
        return facts.format == "image" && isToBeSeen(window, {});
    }
    const auto& region = facts.regions[static_cast<std::size_t>(place.region)];
    if (place.text.empty() && region.kind != RegionKind::Image) { // the name of an output makes no picture of any text
        return region.kind == RegionKind::Svg || mayBePicture(facts.text(artifact), region);
    }
    std::string keep;
    auto window = place.text.empty() ? headOf(slice(facts.text(artifact), base64In(facts.text(artifact), region)))
                                     : imageAt(artifact, facts, place, keep);
    return isToBeSeen(window, place.name);
}

std::vector<ImagePlace> listImages(const Artifact& artifact, const Facts& facts, Budget& budget, std::size_t most)
{
    List out(most);
    ImagePlace whole;
    whole.toBeSeen = isToBeSeen(artifact, facts, whole);
    if (whole.toBeSeen || isPictureFormat(mediaByMagic(artifact.view().substr(0, 64)))) {
        out.add(std::move(whole));
        return std::move(out.places);
    }
    const auto text = facts.text(artifact);
    for (std::size_t i = 0; i < facts.regions.size() && !out.isFull(); ++i) {
        const auto& region = facts.regions[i];
        const auto raw = slice(text, region.bytes);
        const bool named = region.name.starts_with("image/");
        const bool drawing = region.kind == RegionKind::Svg;
        if (drawing) {
            auto place = placeIn(region, i, ImagePlace::Kind::Drawing);
            place.toBeSeen = true;
            out.add(std::move(place));
        }
        if (!drawing && (region.kind == RegionKind::Image || (named && region.part == Part::Output))) {
            const bool attached = region.part == Part::Attachment;
            auto place = placeIn(region, i, attached ? ImagePlace::Kind::Attachment : ImagePlace::Kind::Output);
            place.toBeSeen = isToBeSeen(artifact, facts, place);
            auto window = headOf(slice(text, base64In(text, region)));
            if (named || place.toBeSeen || isPictureFormat(mediaByMagic(window.read(0, 64)))) {
                out.add(std::move(place));
            }
        }
        if (region.kind != RegionKind::Image && raw.size() <= mostText && mayHoldAddress(raw, region)) {
            addEmbedded(readRegion(text, region, mostText).text, region, i, out);
        }
        if (!budget.spend(raw.size() + 64)) {
            break;
        }
    }
    return std::move(out.places);
}

std::vector<ImagePlace> imagesInside(const Artifact& artifact, const Facts& facts, std::size_t region, std::size_t most,
    std::vector<std::uint64_t>& starts)
{
    List out(most);
    out.mostLike = most;
    starts.clear();
    const auto& one = facts.regions[region];
    if (mayHoldAddress(slice(facts.text(artifact), one.bytes), one)) {
        const auto piece = readRegion(facts.text(artifact), one, mostText);
        addEmbedded(piece.text, one, region, out);
        out.places.resize(std::min(out.places.size(), most));
        for (const auto& place : out.places) {
            starts.push_back(piece.map.toRaw(place.text.start));
        }
    }
    return std::move(out.places);
}

ByteRange base64In(ByteView text, const Region& region)
{
    ByteRange inside{region.bytes.start, std::min<std::uint64_t>(region.bytes.end, text.size())};
    auto raw = slice(text, inside);
    if (region.form != TextForm::Plain && region.form != TextForm::JsonString) { // strings
        const auto open = std::min(raw.find('"'), raw.size());
        const auto close = raw.rfind('"');
        inside = {inside.start + std::min(open + 1, raw.size()),
            close > open && close < raw.size() ? inside.start + close : inside.end};
        raw = slice(text, inside);
    }
    auto first = nextBase64Sign(raw, 0); // behind blanks and line breaks
    while (first.at < raw.size() && !isBase64Letter(first.sign)) {
        first = nextBase64Sign(raw, first.end);
    }
    return {inside.start + first.at, inside.end};
}

ByteWindow imageAt(const Artifact& artifact, const Facts& facts, const ImagePlace& place, std::string& keep)
{
    if (place.region < 0 || static_cast<std::size_t>(place.region) >= facts.regions.size()) {
        return ByteWindow(place.region < 0 ? artifact.view() : ByteView());
    }
    const auto text = facts.text(artifact);
    const auto& region = facts.regions[static_cast<std::size_t>(place.region)];
    if (place.text.empty()) {
        return ByteWindow::ofBase64(slice(text, base64In(text, region)));
    }
    keep = readRegion(text, region, mostText).text;
    return ByteWindow::ofBase64(slice(ByteView(keep), place.text));
}

} // namespace cupel::formats
