// SPDX-License-Identifier: GPL-3.0-or-later
// main() of a fuzz target where there is no libFuzzer: runs it over files and folders, and over each file cut short,
// with bytes changed and with pieces moved; always the same ones. Usage: TARGET PATH...
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr std::size_t cuts = 48;
constexpr std::size_t changes = 96;
constexpr std::size_t moves = 24;
constexpr std::size_t mutateBelow = 64 << 10; // larger files run as they are

class Random { // the same sequence everywhere
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed * 2 + 1)
    {
    }
    std::size_t below(std::size_t end)
    {
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        return end ? static_cast<std::size_t>((m_state >> 33) % end) : 0;
    }

private:
    std::uint64_t m_state;
};

std::size_t run(const std::string& bytes)
{
    // A copy of exactly this size: reading past the end is seen by AddressSanitizer and valgrind.
    const std::vector<std::uint8_t> exact(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
    return 1;
}

std::size_t runMutations(const std::string& seed)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < cuts; ++i) {
        count += run(seed.substr(0, seed.size() * i / cuts));
    }
    Random random(seed.size());
    constexpr std::string_view telling("\0\xff{}[]\"\\,:<>&\n\r\x80'()=%", 21);
    for (std::size_t i = 0; i < changes; ++i) {
        auto changed = seed;
        for (std::size_t n = 1 + i % 4; n > 0; --n) {
            const bool pick = random.below(2) == 0;
            changed[random.below(changed.size())] =
                pick ? telling[random.below(telling.size())] : static_cast<char>(random.below(256));
        }
        count += run(changed);
    }
    for (std::size_t i = 0; i < moves; ++i) {
        const auto from = random.below(seed.size());
        const auto piece = seed.substr(from, 1 + random.below(seed.size() / 2 + 1));
        auto changed = seed;
        changed.insert(random.below(changed.size()), piece);
        count += run(changed);
    }
    return count;
}

std::vector<fs::path> filesOf(char** begin, char** end)
{
    std::vector<fs::path> files;
    for (auto* at = begin; at != end; ++at) {
        if (fs::is_directory(*at)) {
            for (const auto& entry : fs::recursive_directory_iterator(*at)) {
                if (entry.is_regular_file()) {
                    files.push_back(entry.path());
                }
            }
        } else {
            files.emplace_back(*at);
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

int main(int argc, char** argv)
{
    const auto files = filesOf(argv + 1, argv + argc);
    std::size_t executions = run({});
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(in), {});
        if (!in.good() && !in.eof()) {
            std::fprintf(stderr, "cannot read %s\n", file.c_str());
            return 1;
        }
        // Said before it runs, so that a crash has a name.
        std::fprintf(stderr, "%s\n", file.filename().c_str());
        executions += run(bytes);
        executions += bytes.empty() || bytes.size() > mutateBelow ? 0 : runMutations(bytes);
    }
    std::printf("%zu files, %zu executions\n", files.size(), executions);
    return files.empty() ? 1 : 0;
}
