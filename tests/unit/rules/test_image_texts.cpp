// SPDX-License-Identifier: GPL-3.0-or-later
// Credentials in what pictures carry beside the picture, in outputs, in addresses of texts and in files.
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <vector>

using namespace cupel;

// No viewer shows them, every reader of the file has them.
CUPEL_TEST(textsOfPicturesAreRead)
{
    test::Letters letters;
    const auto token = test::githubToken(letters);
    const auto chunk = [](const std::string& type, const std::string& data) {
        const auto size = data.size();
        std::string out;
        for (const unsigned shift : {24U, 16U, 8U, 0U}) {
            out.push_back(static_cast<char>(size >> shift & 0xFF));
        }
        return out + type + data + std::string(4, '\0'); // nobody here checks the sum
    };
    const std::string start = "\x89PNG\r\n\x1a\n";
    const auto end = chunk("IEND", "");
    const auto comment = std::string("Comment\0", 8);
    // A zlib stream of one stored block.
    const auto size = static_cast<char>(token.size());
    const auto stored = std::string("\x78\x01\x01", 3) + size + '\0' + static_cast<char>(~size) + '\xFF' + token;
    std::uint32_t low = 1;
    std::uint32_t high = 0;
    for (const char c : token) { // Adler-32 of RFC 1950
        low = (low + static_cast<unsigned char>(c)) % 65'521;
        high = (high + low) % 65'521;
    }
    const auto sum = high << 16U | low;
    std::string zlib = stored;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        zlib.push_back(static_cast<char>(sum >> shift & 0xFF));
    }
    for (const auto& picture : {start + chunk("tEXt", comment + token) + end, start + end + "PK secret " + token,
             start + chunk("zTXt", comment + std::string(1, '\0') + zlib) + end,
             start + chunk("iTXt", comment + std::string("\1\0\0\0", 4) + zlib) + end}) {
        const auto base64 = test::toBase64(picture);
        const auto output = R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": [], )"
                            R"("outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/png": ")"
            + base64 + R"("}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
        const auto address =
            R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["![x](data:image/png;base64,)" + base64
            + R"end()"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})end";
        for (const auto& file : {output, address, picture}) {
            const auto analysis = test::analyzed(file);
            std::vector<const Finding*> found;
            for (const auto& finding : analysis.findings) {
                if (finding.cls == "secret.github-personal-token") {
                    found.push_back(&finding);
                }
            }
            if (!CHECK_EQ(found.size(), 1)) {
                continue;
            }
            CHECK(found[0]->confidence == Confidence::Certain);
            CHECK(found[0]->fix && found[0]->fix->kind == "strip-image-metadata");
        }
    }
}
