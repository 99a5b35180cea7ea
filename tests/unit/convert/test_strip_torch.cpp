// SPDX-License-Identifier: GPL-3.0-or-later
// Stripped archives of PyTorch: torch may compute where storages lie instead of looking them up.
#include "tests/unit/convert/strip_bytes.h"

using namespace cupel;
using namespace std::string_literals;
using test::hidden;
using test::scanOf;
using test::stripped;

namespace {

std::uint64_t numberAt(const std::string& bytes, std::size_t at, unsigned width)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width && at + i < bytes.size(); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

// Where data/<n> begins, by its local header; 0: it has none.
std::size_t storageAt(const std::string& bytes, const std::string& name)
{
    for (auto at = bytes.find("PK\3\4"); at != std::string::npos; at = bytes.find("PK\3\4", at + 1)) {
        const auto length = numberAt(bytes, at + 26, 2);
        if (bytes.compare(at + 30, length, name) == 0) {
            return at + 30 + length + numberAt(bytes, at + 28, 2);
        }
    }
    return 0;
}

// How torch computes places without a look at the headers (torch/serialization.py, _get_offset; getPadding of
// inline_container.cc): the first storage is looked up, each next one follows from the one before.
std::string misplaced(const std::string& bytes, const std::string& root, const std::vector<std::size_t>& sizes)
{
    std::size_t cursor = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const auto name = root + "/data/" + std::to_string(i);
        const auto real = storageAt(bytes, name);
        const auto start = cursor + 30 + name.size() + 4;
        const auto computed = i == 0 ? real : (start + 63) / 64 * 64;
        if (real == 0 || computed != real) {
            return name + " is at " + std::to_string(real) + ", torch computes " + std::to_string(computed);
        }
        cursor = real + sizes[i] + (sizes[i] > 0 ? 16 : 0);
    }
    return {};
}

} // namespace

CUPEL_TEST(torchComputesThePlacesOfStoragesInACopyAsItDidBefore)
{
    const auto bytes = test::readFile(CUPEL_SOURCE_DIR "/tests/data/frameworks/torch-2.9.1/views.pt").value_or("");
    const std::string root = "views";
    std::vector<std::size_t> sizes;
    const auto all = scanOf("views.pt", bytes);
    for (std::size_t i = 0;; ++i) {
        const auto member = all.analyses.find("views.pt!" + root + "/data/" + std::to_string(i));
        if (member == all.analyses.end()) {
            break;
        }
        sizes.push_back(member->second->size);
    }
    CHECK(sizes.size() > 2);
    CHECK_EQ(misplaced(bytes, root, sizes), "");
    auto padded = bytes;
    const auto fill = padded.find(std::string(20, 'Z'));
    REQUIRE(fill != std::string::npos);
    padded.replace(fill, 20, "words in the padding");
    for (const auto& file : {padded, bytes + "behind"}) {
        const auto copy = stripped(file, hidden, "views.pt");
        CHECK_EQ(copy.trouble, "");
        CHECK(!copy.items.empty());
        CHECK(copy.broken.empty());
        CHECK_EQ(misplaced(copy.bytes, root, sizes), "");
    }
    CHECK_EQ(stripped(bytes, hidden, "views.pt").bytes, bytes);
}

// Each of many small members would get a filler up to the border that the archive asks for.
CUPEL_TEST(aCopyIsNotManyTimesAsLargeAsItsFile)
{
    const auto field = [](std::uint64_t value, unsigned width) {
        std::string out;
        for (unsigned i = 0; i < width; ++i) {
            out += static_cast<char>((value >> (8 * i)) & 0xFF);
        }
        return out;
    };
    std::string file;
    std::string directory;
    constexpr unsigned members = 2'000;
    for (unsigned i = 0; i < members; ++i) {
        const auto name = i == 0 ? "m/.storage_alignment"s : "m/data/" + std::to_string(i);
        const auto data = i == 0 ? "65536"s : ""s;
        const auto common = field(10, 2) + field(0, 8) + field(i == 0 ? 0x36c7657a : 0, 4) + field(data.size(), 4)
            + field(data.size(), 4) + field(name.size(), 2);
        directory += "PK\1\2" + field(10, 2) + common + field(0, 12) + field(file.size(), 4) + name;
        file += "PK\3\4" + common + field(0, 2) + name + data;
    }
    file += std::string(100, 'h'); // hidden, so that there is something to strip
    const auto start = file.size();
    file += directory + "PK\5\6" + field(0, 4) + field(members, 2) + field(members, 2) + field(directory.size(), 4)
        + field(start, 4) + field(0, 2);
    const auto all = scanOf("m.pt", file);
    Budget budget;
    const auto plan = convert::planStrip(all, "m.pt", hidden, budget);
    REQUIRE(!plan.ok());
    CHECK_EQ(plan.error().detail, "the copy would be many times as large as the file");
}
