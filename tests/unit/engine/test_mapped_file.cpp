// SPDX-License-Identifier: GPL-3.0-or-later
// Large files are mapped: the same result as when they are read, little of them resident, and neither a file that is
// cut short nor one that is written to meanwhile does harm or passes unnoticed.
#include "analyzers/base/checksums.h"
#include "analyzers/engine/file_source.h"
#include "analyzers/engine/mapped_file.h"
#include "analyzers/engine/scan.h"
#include "tests/unit/check.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

using namespace cupel;
namespace fs = std::filesystem;

namespace {

int made = 0; // a file each

struct LargeFile {
    fs::path path =
        fs::temp_directory_path() / ("cupel-mapped-" + std::to_string(::getpid()) + '-' + std::to_string(made++));
    std::string content;
    explicit LargeFile(std::size_t size)
    {
        content.resize(size);
        std::iota(content.begin(), content.end(), '\0');
        write(content);
    }
    ~LargeFile() { fs::remove(path); }
    LargeFile(const LargeFile&) = delete;
    LargeFile& operator=(const LargeFile&) = delete;
    void write(const std::string& bytes) const { std::ofstream(path, std::ios::binary) << bytes; }
    [[nodiscard]] SharedBytes open(std::uint64_t mappedFrom) const
    {
        Budget budget;
        auto bytes = engine::openFile(path.string(), mappedFrom, budget);
        return bytes ? bytes.value() : SharedBytes();
    }
};

std::uint64_t residentFileBytes()
{
    std::ifstream statm("/proc/self/statm");
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    std::uint64_t shared = 0;
    statm >> size >> resident >> shared;
    return shared * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::string number(std::uint64_t value, int width)
{
    std::string out;
    for (int i = 0; i < width; ++i) {
        out += static_cast<char>(value >> (8 * i));
    }
    return out;
}

// One stored member, with the records of zip64 behind a directory that does not need them, as writers of large files
// leave them.
std::string storedZip(const std::string& name, const std::string& content, bool wide)
{
    const auto sizes = number(crc32(content), 4) + number(content.size(), 4) + number(content.size(), 4);
    const auto local = "PK\3\4" + number(20, 2) + number(0, 8) + sizes + number(name.size(), 2) + number(0, 2) + name;
    const auto entry =
        "PK\1\2" + number(20, 2) + number(20, 2) + number(0, 8) + sizes + number(name.size(), 2) + number(0, 16) + name;
    const auto start = local.size() + content.size();
    auto out = local + content + entry;
    if (wide) {
        const auto at = out.size();
        out += "PK\6\6" + number(44, 8) + number(45, 2) + number(45, 2) + number(0, 8) + number(1, 8) + number(1, 8)
            + number(entry.size(), 8) + number(start, 8);
        out += "PK\6\7" + number(0, 4) + number(at, 8) + number(1, 4);
    }
    return out + "PK\5\6" + number(0, 4) + number(1, 2) + number(1, 2) + number(entry.size(), 4) + number(start, 4)
        + number(0, 2);
}

} // namespace

CUPEL_TEST(mappedAndReadAreTheSame)
{
    const LargeFile file(3 << 20);
    const auto mapped = file.open(1 << 20);
    const auto read = file.open(16 << 20);
    CHECK(mapped.view() == file.content);
    CHECK(read.view() == file.content);
    CHECK(mapped.holds(mapped.view().substr(100, 5)));
    CHECK(!mapped.holds(read.view()));
    CHECK(mapped.part({10, 20}).view() == file.content.substr(10, 10));
    CHECK(mapped.part({file.content.size() - 3, file.content.size() + 9}).view().size() == 3);
    CHECK(!engine::wasDisturbed(mapped));
    CHECK(!engine::wasDisturbed(read));
}

CUPEL_TEST(littleStaysResident)
{
    const LargeFile file(96 << 20);
    const auto before = residentFileBytes();
    const auto mapped = file.open(1 << 20);
    std::uint64_t sum = 0;
    for (std::uint64_t at = 0; at < mapped.view().size(); at += 4'096) {
        sum += static_cast<unsigned char>(mapped.view()[at]);
    }
    CHECK(sum == 0); // each page begins with the same byte
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    engine::trimMaps();
    CHECK(residentFileBytes() < before + 4 * engine::residentMost);
}

CUPEL_TEST(aFileThatIsCutShortIsTold)
{
    const LargeFile file(3 << 20);
    const auto mapped = file.open(1 << 20);
    fs::resize_file(file.path, 1 << 20);
    CHECK(mapped.view()[2 << 20] == '\0'); // would end the program
    CHECK(mapped.view().substr(0, 1'000) == file.content.substr(0, 1'000));
    CHECK(engine::wasDisturbed(mapped));
    CHECK(engine::wasDisturbed(mapped.part({5, 9})));
}

CUPEL_TEST(aFileThatIsWrittenToIsTold)
{
    const LargeFile file(3 << 20);
    const auto mapped = file.open(1 << 20);
    std::this_thread::sleep_for(std::chrono::milliseconds(20)); // clocks of file systems are coarse
    file.write(file.content);
    CHECK(engine::wasDisturbed(mapped));
}

CUPEL_TEST(mappedBytesAreCopiedByTheSystem)
{
    const LargeFile file(3 << 20);
    const auto mapped = file.open(1 << 20);
    const auto part = mapped.part({12'345, 2'345'678}); // of any place
    const LargeFile other(0);
    const int target = ::open(other.path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CHECK(::write(target, "head", 4) == 4);
    auto rest = part.view();
    while (!rest.empty()) {
        auto count = engine::copyMapped(rest, target);
        if (count == 0) { // a system that does not do it
            const auto written = ::write(target, rest.data(), rest.size());
            REQUIRE(CHECK(written > 0));
            count = static_cast<std::size_t>(written);
        }
        rest.remove_prefix(count);
    }
    // Nothing of what is not mapped, is too little, or goes where nothing can be written.
    const std::string own(1 << 20, 'x');
    CHECK_EQ(engine::copyMapped(own, target), 0U);
    CHECK_EQ(engine::copyMapped(part.view().substr(0, 10), target), 0U);
    CHECK_EQ(engine::copyMapped(part.view(), -1), 0U);
    ::close(target);
    std::ifstream written(other.path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(written), {}};
    CHECK(text == "head" + file.content.substr(12'345, 2'345'678 - 12'345));
}

CUPEL_TEST(storedMembersOfLargeZipsAreNotCopied)
{
    const LargeFile file(20 << 20);
    for (const bool wide : {false, true}) {
        file.write(storedZip("a/data/0", file.content, wide));
        ScanOptions options;
        options.limits.memberBytes = 1 << 20; // of copies
        const auto workspace = engine::scanAll({file.path.string()}, options);
        const auto member = workspace.analyses.find(file.path.string() + "!a/data/0");
        CHECK(workspace.analyses.size() == 2);
        if (!CHECK(member != workspace.analyses.end())) {
            continue;
        }
        CHECK(member->second->artifact.sha256 == sha256(file.content));
        options.limits.digests = options.limits.checksums = false;
        const auto quick = engine::scanAll({file.path.string()}, options);
        CHECK(quick.analyses.at(file.path.string())->artifact.sha256 == Sha256{});
    }
}
