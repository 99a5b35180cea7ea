// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/image_texts.h"

#include "analyzers/base/encodings.h"
#include "analyzers/formats/image/image_metadata.h"

#include <algorithm>
#include <optional>

namespace cupel::rules::secrets {

namespace {

constexpr std::uint64_t longestText = 64 << 10;
constexpr std::uint64_t longestTrailing = 1 << 20;
constexpr std::size_t mostInflated = 256 << 10;

// What a compressed text of PNG says: behind the keyword stand the method (zTXt), or two flags and two more texts
// (iTXt; PNG specification, 11.3.4).
std::optional<std::string> inflated(ByteView chunk, std::string_view tag, Budget& budget)
{
    auto at = chunk.find('\0');
    const bool international = tag.starts_with("PNG iTXt");
    if (at == ByteView::npos || (!international && !tag.starts_with("PNG zTXt"))) {
        return {};
    }
    if (international && (at + 1 >= chunk.size() || chunk[at + 1] != 1)) {
        return {};
    }
    at += 2;
    if (international) {
        for (int field = 0; field < 2; ++field) {
            at = chunk.find('\0', at + (field == 0 ? 1 : 0));
            if (at == ByteView::npos) {
                return {};
            }
            ++at;
        }
    }
    return at < chunk.size() ? inflate(chunk.substr(at), mostInflated, budget) : std::nullopt;
}

// Two bytes a letter, as Windows writes its comments.
std::optional<std::string> narrowed(ByteView text)
{
    if (text.size() < 8 || text[1] != '\0' || text[3] != '\0' || text[0] == '\0') {
        return {};
    }
    std::string out;
    for (std::size_t i = 0; i + 1 < text.size() && text[i + 1] == '\0'; i += 2) {
        out += text[i];
    }
    return out;
}

} // namespace

void eachImageText(formats::ByteWindow& image, Budget& budget, const std::function<void(const ImageText&)>& each)
{
    using Kind = formats::ImageNote::Kind;
    const auto metadata = formats::readImageMetadata(image);
    for (const auto& note : metadata.notes) {
        if (note.kind == Kind::Time || note.kind == Kind::Location) {
            continue;
        }
        const bool trailing = note.kind == Kind::Trailing;
        const auto size = std::min(note.place.size(), trailing ? longestTrailing : longestText);
        if (!budget.spend(size)) {
            return;
        }
        ImageText out;
        out.text = image.read(note.place.start, size);
        out.how = trailing ? "bytes behind the end of a picture" : "metadata of a picture";
        out.start = note.place.start;
        out.place = image.toSource(note.place);
        auto other = inflated(out.text, note.tag, budget);
        if (!other) {
            other = narrowed(out.text);
        }
        out.exact = !other;
        if (other) {
            out.text = std::move(*other);
        }
        each(out);
    }
}

} // namespace cupel::rules::secrets
