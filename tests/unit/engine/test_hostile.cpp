// SPDX-License-Identifier: GPL-3.0-or-later
// Texts made to cost much: a megabyte of each is looked at in seconds and in little memory. Every one of them once took
// minutes or gigabytes.
#include "analyzers/engine/analyze.h"
#include "tests/unit/check.h"

#include <ctime>
#include <fstream>
#include <iterator>
#include <string>

#include <sys/resource.h>

using namespace cupel;

namespace {

constexpr double mostSeconds = 20; // of processor time, under a sanitizer on a slow machine too
constexpr long mostMemory = 1'500'000; // KiB; a sanitizer keeps freed memory back

std::string times(std::size_t count, std::string_view text)
{
    std::string out;
    out.reserve(count * text.size());
    for (std::size_t i = 0; i < count; ++i) {
        out += text;
    }
    return out;
}

Analysis look(std::string text, const char* name = "a.py")
{
    Artifact artifact;
    artifact.path = name;
    artifact.bytes = std::make_shared<const std::string>(std::move(text));
    const ScanOptions options;
    Budget budget(options.limits);
    const auto begin = std::clock();
    auto analysis = engine::analyze(std::move(artifact), options, budget);
    CHECK(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC < mostSeconds);
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    CHECK(usage.ru_maxrss < mostMemory);
    return analysis;
}

} // namespace

CUPEL_TEST(namesThatRepeatALongConstant)
{
    look("a='" + std::string(60'000, 'x') + "'\nb=a" + times(40'000, "+a") + "\n");
    look("a='" + std::string(60'000, 'x') + "'\nb=','.join([" + times(40'000, "a,") + "])\n");
    look("a=''" + times(250, "''") + "\nb=f'" + times(100'000, "{a}") + "'\nc=a" + times(100'000, "+a") + "\n");
}

CUPEL_TEST(bracesOfAFormattedString)
{
    look("x=''\ny=f'" + std::string(400'000, '{') + "'\n");
    look("x=''\ny=f'" + std::string(400'000, '{') + "}'\n");
}

CUPEL_TEST(manyCredentialsInOnePiece)
{
    std::string text;
    for (unsigned i = 0; i < 20'000; ++i) {
        std::string key = "AKIA";
        for (unsigned k = 0; k < 16; ++k) {
            key.push_back("QYLPMN5HZXW7RKCD234ABEFGIJOSTUV6"[(i * 2'654'435'761U >> (k % 9 * 3) ^ k * 7) & 31]);
        }
        text += "k='" + key + "'\n";
    }
    CHECK(look(std::move(text)).droppedFindings > 0);
}

CUPEL_TEST(headsOfPrivateKeys)
{
    look(times(20'000, "-----BEGIN PRIVATE KEY-----\n"));
}

CUPEL_TEST(wrappedBombs)
{
    // One line of 5 KB that writes 4 MB.
    std::ifstream file(CUPEL_SOURCE_DIR "/tests/data/formats/unwrap/bomb.txt", std::ios::binary);
    const std::string bomb(std::istreambuf_iterator<char>(file), {});
    CHECK(bomb.size() > 4'000);
    look(times(400, bomb));
}

CUPEL_TEST(keysThatMayStartAndEndAnywhere)
{
    // Each of 90,000 searches costs much, and not all of them so much that it is given up.
    const auto line = '{' + times(300, "\"kty\":\"EC\" ") + '\n';
    const auto analysis = look(times(300, line), "a.txt");
    CHECK_EQ(analysis.facts.status, ReadStatus::Partial);
    look(times(3'000, '{' + times(30, "\"kty\":\"EC\" ") + '\n'), "a.txt");
}
