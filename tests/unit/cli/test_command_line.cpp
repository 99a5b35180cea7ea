// SPDX-License-Identifier: GPL-3.0-or-later
// Words to arguments: units, choices, lists, and what is said about mistakes.
#include "app/cli/command_line.h"
#include "app/cli/documents.h"
#include "app/cli/suggest.h"
#include "app/cli/values.h"

#include "tests/unit/check.h"

#include <initializer_list>

using namespace cupel;
using namespace cupel::cli;

namespace {

ParsedLine parse(std::initializer_list<const char*> words)
{
    std::vector<const char*> argv{"cupel"};
    argv.insert(argv.end(), words);
    return parseCommandLine(static_cast<int>(argv.size()), argv.data());
}

bool says(const ParsedLine& line, std::string_view text)
{
    return line.error.find(text) != std::string::npos;
}

} // namespace

CUPEL_TEST(durations)
{
    CHECK_EQ(parseDuration("90")->count(), 90'000);
    CHECK_EQ(parseDuration("90s")->count(), 90'000);
    CHECK_EQ(parseDuration("500ms")->count(), 500);
    CHECK_EQ(parseDuration("5m")->count(), 300'000);
    CHECK_EQ(parseDuration("1h")->count(), 3'600'000);
    CHECK(!parseDuration(""));
    CHECK(!parseDuration("-1"));
    CHECK(!parseDuration("1.5h"));
    CHECK(!parseDuration("99999999999999999999"));
    CHECK(!parseDuration("18446744073709551615h"));
}

CUPEL_TEST(sizes)
{
    CHECK_EQ(*parseSize("1000"), 1000);
    CHECK_EQ(*parseSize("1k"), 1024);
    CHECK_EQ(*parseSize("2M"), 2 << 20);
    CHECK_EQ(*parseSize("2MiB"), 2 << 20);
    CHECK_EQ(*parseSize("3GB"), 3LL << 30);
    CHECK(!parseSize("M"));
    CHECK(!parseSize("5X"));
    CHECK(!parseSize("18446744073709551615K"));
}

CUPEL_TEST(suggestions)
{
    CHECK_EQ(didYouMean("scna", {"scan", "open", "man"}), "; did you mean 'scan'?");
    CHECK_EQ(didYouMean("comp", {"scan", "completions"}), "; did you mean 'completions'?");
    CHECK_EQ(didYouMean("xyzzy", {"scan", "open"}), "");
    CHECK(nearest(std::string(100'000, 'a'), {"scan"}).empty());
}

CUPEL_TEST(defaultsAndOptions)
{
    const auto plain = parse({"scan", "a", "b"});
    CHECK(plain.error.empty());
    CHECK_EQ(plain.arguments.paths.size(), 2);
    CHECK_EQ(plain.arguments.format, "text");
    CHECK(plain.arguments.failOn == Severity::High);
    CHECK(plain.arguments.minConfidence == Confidence::Possible);

    const auto full =
        parse({"-q", "scan", "a", "-f", "json", "--exclude", "*.x", "b", "-o", "sarif=c", "-ojson=d", "--fail-on=never",
            "--min-confidence", "likely", "--jobs", "3", "--max-time", "2s", "--max-memory", "1G", "--color", "never"});
    CHECK_EQ(full.error, "");
    CHECK_EQ(full.arguments.paths.size(), 2);
    CHECK_EQ(full.arguments.exclude.size(), 1);
    REQUIRE(full.arguments.outputs.size() == 2);
    CHECK_EQ(full.arguments.outputs[1].file, "d");
    CHECK(!full.arguments.failOn);
    CHECK(full.arguments.quiet);
    CHECK_EQ(full.arguments.jobs, 3);
    CHECK_EQ(full.arguments.maxMemory, 1LL << 30);
    CHECK(full.arguments.colour == When::Never);
}

CUPEL_TEST(pathsStayAsTheyAre)
{
    const auto line = parse({"scan", "[a,b].ipynb", "[c]", "{}", "--", "-x", "--help", "--"});
    CHECK_EQ(line.error, "");
    const std::vector<std::string> expected{"[a,b].ipynb", "[c]", "{}", "-x", "--help", "--"};
    CHECK(line.arguments.paths == expected);
    CHECK(!line.arguments.help);
}

CUPEL_TEST(mistakesAreNamed)
{
    CHECK(says(parse({}), "a command is missing"));
    CHECK(says(parse({"scna"}), "did you mean 'scan'"));
    CHECK(says(parse({"scan", "--formt", "json", "a"}), "did you mean '--format'"));
    CHECK(says(parse({"scan", "--formt=json", "a"}), "unknown option '--formt'"));
    CHECK(says(parse({"scan", "-f", "yaml", "a"}), "It takes one of: text"));
    CHECK(says(parse({"inspect", "-f", "sarif", "a"}), "does not know 'sarif'"));
    CHECK(says(parse({"inspect", "a", "b"}), "unexpected argument 'b'"));
    CHECK(says(parse({"scan"}), "at least one PATH"));
    CHECK(says(parse({"scan", "a", "--jobs", "0"}), "--jobs takes"));
    CHECK(says(parse({"scan", "a", "\x1b[31m", "--\x1b[0m"}), "\\x1b"));
}

CUPEL_TEST(everyCommandIsDocumented)
{
    const CommandDoc program = describeProgram();
    CHECK_EQ(program.commands.size(), 14);
    for (const auto& command : program.commands) {
        CHECK(!command.about.empty());
        for (const auto& option : command.options) {
            CHECK(!option.about.empty());
        }
        CHECK(helpText(program, command.name).find("--help") != std::string::npos);
    }
}
