// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/image_rules.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/image/image_metadata.h"
#include "analyzers/formats/image/image_places.h"
#include "analyzers/rules/pii/text_scanner.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <map>
#include <set>

namespace cupel::rules::pii {

namespace {

using formats::ImageNote;

std::string_view ruleOf(ImageNote::Kind kind)
{
    switch (kind) {
    case ImageNote::Kind::Location:
        return "CUP-PII-IMAGE-LOCATION";
    case ImageNote::Kind::Author:
        return "CUP-PII-IMAGE-AUTHOR";
    case ImageNote::Kind::Device:
        return "CUP-PII-IMAGE-DEVICE";
    case ImageNote::Kind::Trailing:
        return "CUP-PII-IMAGE-TRAILING";
    case ImageNote::Kind::Software:
        return "CUP-PII-IMAGE-SOFTWARE";
    case ImageNote::Kind::Text:
    case ImageNote::Kind::Time:
        break;
    }
    return "CUP-PII-IMAGE-TEXT";
}

// "image/jpeg" and "jpg" are one thing.
std::string_view formatOfMime(std::string_view mime)
{
    if (!mime.starts_with("image/")) {
        return {};
    }
    mime.remove_prefix(6);
    return mime == "jpg" || mime == "pjpeg" ? "jpeg" : mime == "x-png" ? "png" : mime;
}

// What a field says, with letters and digits masked but for names of programs; empty when it is no text. Texts of PNG
// begin with their keyword, those of Windows have two bytes a letter.
std::string maskedValue(formats::ByteWindow& window, const ImageNote& note)
{
    constexpr std::uint64_t longest = 120;
    std::string text(window.read(note.place.start, std::min(longest, note.place.size())));
    const auto end = text.find('\0');
    if (note.tag.starts_with("PNG ") && end != std::string::npos) {
        text.erase(0, end + 1);
    } else if (text.size() >= 4 && text[1] == '\0' && text[3] == '\0') {
        std::string narrow;
        for (std::size_t i = 0; i + 1 < text.size() && text[i + 1] == '\0'; i += 2) {
            narrow += text[i];
        }
        text = std::move(narrow);
    }
    text.resize(std::min<std::size_t>({text.size(), text.find('\0'), 40}));
    const bool odd = std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F || c == '<' || c == '>';
    });
    // A program's name says nothing about anybody, unless a path or an address stands with it.
    const bool plain = note.kind == ImageNote::Kind::Software && text.find_first_of("@/\\:") == std::string::npos;
    return odd || text.size() < 2 ? std::string() : toDisplay(plain ? text : maskByShape(text), 60);
}

} // namespace

ImageReview::ImageReview(const RuleInput& input, FindingSink& sink)
    : m_input(input)
    , m_sink(sink)
    , m_text(input.facts.text(input.artifact))
{
}

void ImageReview::report(std::string_view rule, const Found& found)
{
    Hit hit;
    hit.rule = rule;
    const auto* info = findRule(rule);
    hit.bytes = found.bytes;
    hit.region = found.region;
    hit.severity = info ? info->severity : Severity::Low;
    hit.confidence = info ? info->confidence : Confidence::Likely;
    hit.message = (info ? info->title : std::string(rule)) + ": " + found.tag + '.';
    hit.arguments = {{"tag", found.tag}};
    hit.evidence.push_back({"check", {}, -1, 0, found.tag});
    m_sink.add(std::move(hit));
}

void ImageReview::reportAll(std::string_view rule, const std::vector<Found>& list)
{
    constexpr std::size_t shown = 20;
    if (list.empty()) {
        return;
    }
    const auto* info = findRule(rule);
    Hit hit;
    hit.rule = rule;
    hit.bytes = list.front().bytes;
    hit.region = list.front().region;
    hit.severity = info ? info->severity : Severity::Info;
    hit.confidence = info ? info->confidence : Confidence::Likely;
    hit.message = (info ? info->title : std::string(rule)) + ": " + list.front().tag
        + (list.size() > 1 ? " and " + std::to_string(list.size() - 1) + " more." : ".");
    hit.arguments = {{"tag", list.front().tag}, {"count", std::to_string(list.size())}};
    hit.sensitive = true;
    hit.masked = "[" + list.front().tag + "]";
    // In words: where it stands there is nothing but the letters of an encoded picture.
    std::set<std::string> said;
    for (std::size_t i = 0; i < list.size(); ++i) {
        m_sink.markSensitive(list[i].bytes);
        auto field = list[i].tag + (list[i].value.empty() ? "" : " = " + list[i].value);
        if (said.size() < shown && said.insert(field).second) {
            hit.evidence.push_back({"check", {}, -1, 0, std::move(field)});
        }
    }
    // Each image once, however many tags it has: which bytes go is worked out when somebody asks for it.
    hit.fix = Fix{"strip-image-metadata", true, {}};
    std::set<std::uint64_t> images;
    for (const auto& found : list) {
        if (images.insert(found.image.start).second) {
            hit.fix->edits.push_back({found.image, {}});
            if (images.size() > 1 && images.size() <= shown) { // where the others stand
                hit.evidence.push_back({"place", found.bytes, found.region, 1, {}});
            }
        }
    }
    std::sort(hit.fix->edits.begin(), hit.fix->edits.end(),
        [](const TextEdit& a, const TextEdit& b) { return a.bytes < b.bytes; });
    m_sink.add(std::move(hit));
}

void ImageReview::review(ByteView data, bool base64, std::string_view claimed, std::int32_t region, bool whole,
    const std::function<ByteRange(ByteRange)>& toArtifact)
{
    auto window = base64 ? formats::ByteWindow::ofBase64(data) : formats::ByteWindow(data);
    const auto metadata = formats::readImageMetadata(window);
    const auto all = toArtifact({0, data.size()});
    std::map<ImageNote::Kind, std::vector<Found>> leaks; // several tags of one kind are one finding
    for (const auto& note : metadata.notes) {
        if (note.kind == ImageNote::Kind::Time || note.ordinary) {
            continue; // nearly every program writes it; the gallery shows it
        }
        Found found{note.tag, toArtifact(window.toSource(note.place)), region, all, {}};
        if (found.bytes.empty() || (note.kind == ImageNote::Kind::Trailing && !whole)) {
            continue;
        }
        if (note.kind != ImageNote::Kind::Location && note.kind != ImageNote::Kind::Trailing) {
            found.value = maskedValue(window, note);
        }
        if (note.kind == ImageNote::Kind::Software) {
            m_software.push_back(found);
        } else if (note.kind == ImageNote::Kind::Text) {
            m_texts.push_back(found);
        } else {
            leaks[note.kind].push_back(found);
        }
    }
    for (const auto& [kind, list] : leaks) {
        reportAll(ruleOf(kind), list);
    }
    const auto wanted = formatOfMime(claimed);
    const bool known = wanted == "png" || wanted == "jpeg" || wanted == "gif" || wanted == "webp" || wanted == "bmp";
    if (known && !metadata.format.empty() && metadata.format != wanted) {
        const Found found{"said to be " + std::string(wanted) + ", is " + std::string(metadata.format),
            toArtifact(window.toSource({0, 12})), region, all, {}};
        report("CUP-PII-IMAGE-TYPE", found);
    }
}

// What it shows nobody has read.
void ImageReview::count(bool isToBeSeen)
{
    if (isToBeSeen) {
        m_sink.addPicture();
    }
}

void ImageReview::file()
{
    count(formats::isToBeSeen(m_input.artifact, m_input.facts, {}));
    review(m_text, false, {}, -1, true, [](ByteRange range) { return range; });
}

void ImageReview::region(std::size_t index)
{
    const auto& region = m_input.facts.regions[index];
    formats::ImagePlace place;
    place.kind = formats::ImagePlace::Kind::Output;
    place.region = static_cast<std::int32_t>(index);
    place.name = region.name;
    count(formats::isToBeSeen(m_input.artifact, m_input.facts, place));
    const auto inside = formats::base64In(m_text, region);
    review(slice(m_text, inside), true, region.name, place.region, true,
        [inside](ByteRange range) { return ByteRange{inside.start + range.start, inside.start + range.end}; });
}

void ImageReview::drawing(std::size_t index)
{
    formats::ImagePlace place;
    place.region = static_cast<std::int32_t>(index);
    place.name = m_input.facts.regions[index].name;
    count(formats::isToBeSeen(m_input.artifact, m_input.facts, place)); // its words are read, what it draws is not
}

void ImageReview::piece(std::size_t index, const formats::TextPiece& piece)
{
    const ByteView text = piece.text;
    for (auto next = formats::nextEmbedded(text, 0); next; next = formats::nextEmbedded(text, next->base64.end)) {
        // One that goes on behind the end of a piece is whole in the next one, if that repeats its beginning.
        const bool open = next->reach == text.size() && !piece.last;
        if (next->reach < piece.overlap || (open && next->start >= text.size() - piece.repeated)) {
            continue;
        }
        const auto start = next->base64.start;
        const auto base64 = slice(text, next->base64);
        auto window = formats::ByteWindow::ofBase64(base64);
        count(open || formats::isToBeSeen(window, next->claimed));
        review(base64, true, next->claimed, static_cast<std::int32_t>(index), !open,
            [&piece, start](ByteRange range) { return piece.map.toRaw({start + range.start, start + range.end}); });
    }
}

void ImageReview::finish()
{
    reportAll("CUP-PII-IMAGE-SOFTWARE", m_software);
    reportAll("CUP-PII-IMAGE-TEXT", m_texts);
}

} // namespace cupel::rules::pii
