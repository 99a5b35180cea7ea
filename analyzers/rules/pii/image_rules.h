// SPDX-License-Identifier: GPL-3.0-or-later
// Metadata of images: whole files, base64 outputs and attachments, and data: addresses inside HTML and Markdown.
#pragma once

#include "analyzers/formats/region_text.h"
#include "analyzers/rules/rule_set.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace cupel::rules {
class FindingSink;
}

namespace cupel::rules::pii {

class ImageReview {
public:
    ImageReview(const RuleInput& input, FindingSink& sink);
    void file(); // the artifact is an image
    void region(std::size_t index); // a region of kind Image
    void drawing(std::size_t index); // counted
    void piece(std::size_t index, const formats::TextPiece& piece); // data: addresses
    void finish(); // what is said once a file

private:
    struct Found {
        std::string tag;
        ByteRange bytes; // in the artifact's text
        std::int32_t region = -1;
        ByteRange image{}; // all of its image as it is written in the artifact's text
        std::string value; // masked; empty: no text
    };
    void count(bool isToBeSeen);
    void review(ByteView base64OrBytes, bool base64, std::string_view claimed, std::int32_t region, bool whole,
        const std::function<ByteRange(ByteRange)>& toArtifact);
    void report(std::string_view rule, const Found& found);
    void reportAll(std::string_view rule, const std::vector<Found>& list);
    const RuleInput& m_input;
    FindingSink& m_sink;
    ByteView m_text;
    std::vector<Found> m_software; // one finding a file: a note, no leak
    std::vector<Found> m_texts;
};

} // namespace cupel::rules::pii
