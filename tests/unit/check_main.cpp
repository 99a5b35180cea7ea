// SPDX-License-Identifier: GPL-3.0-or-later
// main() of every engine test: all cases, or those whose name holds one of the arguments. Exit code: failed checks,
// at most 100.
#include "tests/unit/check.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <span>

namespace cupel::test {

State& state()
{
    static State instance;
    return instance;
}

bool report(bool ok, const char* file, int line, const std::string& what)
{
    ++state().checks;
    if (!ok) {
        ++state().failures;
        std::fprintf(stderr, "%s:%d: failed: %s\n", file, line, what.c_str());
    }
    return ok;
}

std::optional<std::string> readFile(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(in), {});
}

static void runCase(const Case& test)
{
    const auto before = state().failures;
    try {
        test.run();
    } catch (const std::exception& e) {
        report(false, test.name, 0, std::string("threw ") + e.what());
    } catch (...) {
        report(false, test.name, 0, "threw something that is not a std::exception");
    }
    std::printf("%s %s\n", state().failures == before ? "ok  " : "FAIL", test.name);
    std::fflush(stdout);
}

} // namespace cupel::test

int main(int argc, char** argv)
{
    using namespace cupel::test;
    const std::span<char*> wanted(argv + 1, static_cast<std::size_t>(std::max(argc - 1, 0)));
    std::size_t ran = 0;
    for (const auto& test : state().cases) {
        const auto matches = [&](const char* word) {
            return std::string_view(test.name).find(word) != std::string_view::npos;
        };
        if (wanted.empty() || std::any_of(wanted.begin(), wanted.end(), matches)) {
            runCase(test);
            ++ran;
        }
    }
    std::printf("%zu tests, %zu checks, %zu failures\n", ran, state().checks, state().failures);
    if (ran == 0) {
        std::fputs("no test has that name\n", stderr);
        return 1;
    }
    return static_cast<int>(std::min<std::size_t>(state().failures, 100));
}
