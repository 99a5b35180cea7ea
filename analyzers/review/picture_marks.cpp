// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/picture_marks.h"

#include "analyzers/base/hash.h"
#include "analyzers/base/line_diff.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace cupel::review {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t longestLine = 16 << 10;
constexpr std::size_t idSize = 16;
constexpr std::string_view keyOfId = "picture";

bool isId(std::string_view text)
{
    return text.size() == 2 * idSize && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::optional<PictureMark> readLine(std::string_view line)
{
    if (line.size() > longestLine || line.find("\"picture\"") == std::string_view::npos) {
        return std::nullopt;
    }
    const auto row = ordered_json::parse(line, nullptr, false);
    if (!row.is_object()) {
        return std::nullopt;
    }
    const auto text = [&row](std::string_view key) {
        const auto at = row.find(key);
        return at != row.end() && at->is_string() ? at->get<std::string>() : std::string();
    };
    PictureMark mark{text(keyOfId), text("artifact"), text("author"), text("looked")};
    return isId(mark.id) && !row.contains("fingerprint") ? std::optional(std::move(mark)) : std::nullopt;
}

std::string writeLine(const PictureMark& mark)
{
    ordered_json row;
    row[std::string(keyOfId)] = mark.id;
    row["artifact"] = mark.artifact;
    row["author"] = mark.author;
    row["looked"] = mark.looked;
    return row.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace

std::string pictureId(const Analysis& analysis, const formats::ImagePlace& place)
{
    Sha256 digest{};
    if (place.region < 0) {
        digest = analysis.artifact.sha256 == Sha256{} ? sha256(analysis.artifact.view()) : analysis.artifact.sha256;
    } else {
        std::string keep;
        auto window = formats::imageAt(analysis.artifact, analysis.facts, place, keep);
        const auto bytes = window.read(0, window.size());
        const auto& region = analysis.facts.regions[static_cast<std::size_t>(place.region)];
        const auto written = place.text.empty() ? slice(analysis.facts.text(analysis.artifact), region.bytes)
                                                : slice(ByteView(keep), place.text);
        digest = sha256(bytes.empty() ? written : bytes);
    }
    return {reinterpret_cast<const char*>(digest.data()), idSize};
}

bool isPictureMark(std::string_view line)
{
    return readLine(line).has_value();
}

PictureMarks readPictureMarks(ByteView text)
{
    PictureMarks out;
    for (const auto line : splitLines(text)) {
        if (auto mark = readLine(line)) {
            auto id = mark->id;
            out.insert_or_assign(std::move(id), std::move(*mark));
        }
    }
    return out;
}

std::string changePictureMarks(ByteView text, const PictureMarkChanges& changes)
{
    std::string out;
    PictureMarks known;
    for (const auto line : splitLines(text)) {
        if (auto mark = readLine(line)) {
            auto id = mark->id;
            known.insert_or_assign(std::move(id), std::move(*mark));
        } else if (!line.empty()) {
            out.append(line) += '\n';
        }
    }
    for (const auto& [id, mark] : changes) {
        if (mark) {
            known.insert_or_assign(id, *mark);
        } else {
            known.erase(id);
        }
    }
    for (const auto& [id, mark] : known) {
        out += writeLine(mark) + '\n';
    }
    return out;
}

std::vector<const PictureMark*> marksIn(const Analysis& analysis, const PictureMarks& marks)
{
    std::vector<const PictureMark*> out;
    if (marks.empty() || analysis.pictures == 0 || !analysis.artifact.bytes) {
        return out;
    }
    Budget budget;
    std::uint64_t left = 0;
    for (const auto& place : formats::listImages(analysis.artifact, analysis.facts, budget)) {
        if (place.toBeSeen) {
            const auto id = pictureId(analysis, place);
            const auto mark = marks.find(toHex(id));
            mark == marks.end() ? void(++left) : out.push_back(&mark->second);
        }
    }
    // One that is listed and not looked at is one that is left, however many were counted.
    const auto most = analysis.pictures - std::min(left, analysis.pictures);
    out.resize(std::min<std::size_t>(out.size(), most));
    return out;
}

} // namespace cupel::review
