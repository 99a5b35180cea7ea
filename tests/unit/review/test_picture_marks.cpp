// SPDX-License-Identifier: GPL-3.0-or-later
// Marks of pictures live in the file of decisions: neither kind of line harms the other, and equal pictures share one.
#include "analyzers/review/decisions.h"
#include "analyzers/review/picture_marks.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <string>

using namespace cupel;

namespace {

const std::string decision =
    R"({"artifact":"a.ipynb","place":"cell 1","rule":"CUP-A","reason":"accepted-risk","note":"","author":"Ada","decided":"2026-11-30","fingerprint":"0011","context":"22"})";
const std::string later = R"({"kind":"of a later version"})";

std::string png(char last)
{
    return std::string("\x89PNG\r\n\x1A\n", 8) + std::string(60, 'p') + last;
}

} // namespace

CUPEL_TEST(marksAndDecisionsLeaveEachOtherAlone)
{
    const std::string id(32, 'a');
    const std::string other(32, 'b');
    const auto text = decision + '\n' + later + '\n';
    const auto marked = review::changePictureMarks(text,
        {{other, review::PictureMark{other, "b.ipynb", "Bo", "2026-01-02"}},
            {id, review::PictureMark{id, "a \"b\".ipynb", "Ada", "2026-11-30"}}});
    CHECK(marked.starts_with(text));
    const auto marks = review::readPictureMarks(marked);
    REQUIRE(CHECK_EQ(marks.size(), 2U));
    CHECK_EQ(marks.at(id).artifact, "a \"b\".ipynb");
    CHECK_EQ(marks.at(other).author, "Bo");
    // Whoever changes decisions keeps the marks, and does not wonder at them.
    std::vector<std::string> troubles;
    const auto decisions = review::Decisions::read(marked, troubles);
    CHECK_EQ(troubles.size(), 1U); // the line of a later version
    CHECK_EQ(decisions.all().size(), 1U);
    CHECK(review::readPictureMarks(decisions.write()) == marks);
    // The same change twice is the same file; what is taken away is gone.
    CHECK_EQ(review::changePictureMarks(marked, {{id, marks.at(id)}}), marked);
    CHECK_EQ(review::changePictureMarks(marked, {{id, std::nullopt}, {other, std::nullopt}}), text);
    CHECK(review::readPictureMarks(R"({"picture":"no digest"})"
                                   "\n"
                                   R"({"picture":7})"
                                   "\n"
                                   R"(["picture"])")
            .empty());
}

CUPEL_TEST(equalPicturesShareAMark)
{
    const auto shown = [](const std::string& bytes) {
        return R"({"output_type": "display_data", "metadata": {}, "data": {"image/png": )"
            + test::jsonString(test::toBase64(bytes)) + "}}";
    };
    Artifact artifact;
    artifact.path = "a.ipynb";
    artifact.bytes = std::make_shared<const std::string>(
        R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "", "outputs": [)"
        + shown(png('1')) + ", " + shown(png('2')) + ", " + shown(png('1'))
        + R"(]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    ScanOptions options;
    options.keepBytes = true;
    Budget budget(options.limits);
    const auto analysis = engine::analyze(std::move(artifact), options, budget);
    REQUIRE(CHECK_EQ(analysis.pictures, 3U));
    const auto id = toHex(sha256(png('1'))).substr(0, 32);
    const review::PictureMarks marks{{id, {id, "a.ipynb", "Ada", "2026-11-30"}}};
    CHECK_EQ(review::marksIn(analysis, marks).size(), 2U);
    CHECK(review::marksIn(analysis, {}).empty());
}
