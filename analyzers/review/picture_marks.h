// SPDX-License-Identifier: GPL-3.0-or-later
// Which pictures a person has looked at, who says so and when: lines of the file of decisions, one for each picture, by
// a digest of its content. They stand among the lines of decisions, and each kind leaves those of the other alone.
#pragma once

#include "analyzers/formats/image/image_places.h"
#include "analyzers/model/analysis.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::review {

struct PictureMark {
    std::string id; // of the picture, in hexadecimal digits
    std::string artifact; // a file it stands in, relative to the workspace; for people
    std::string author;
    std::string looked; // ISO date
    friend bool operator==(const PictureMark&, const PictureMark&) = default;
};

using PictureMarks = std::map<std::string, PictureMark>; // by id
using PictureMarkChanges = std::map<std::string, std::optional<PictureMark>>; // none: taken away

// 16 bytes of a digest of the compressed picture, so that equal ones share it wherever they stand; of what is written
// when it cannot be decoded to its end. The analysis must have its bytes.
[[nodiscard]] std::string pictureId(const Analysis& analysis, const formats::ImagePlace& place);

[[nodiscard]] bool isPictureMark(std::string_view line);
[[nodiscard]] PictureMarks readPictureMarks(ByteView text);
// Other lines stay as they are; what is new comes behind them, in the order of ids.
[[nodiscard]] std::string changePictureMarks(ByteView text, const PictureMarkChanges& changes);

// The pictures of a file that somebody has looked at, each where it stands, and never more than leave out those that
// nobody has looked at. The analysis must have its bytes.
[[nodiscard]] std::vector<const PictureMark*> marksIn(const Analysis& analysis, const PictureMarks& marks);

} // namespace cupel::review
