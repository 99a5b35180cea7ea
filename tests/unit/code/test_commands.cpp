// SPDX-License-Identifier: GPL-3.0-or-later
// IPython's own lines as values, and shell text taken apart.
#include "analyzers/code/commands.h"
#include "analyzers/code/shell.h"
#include "tests/unit/check.h"

using namespace cupel;
using namespace cupel::code;

namespace {

std::vector<Command> commandsOf(std::string_view source)
{
    std::vector<MagicSpan> spans;
    (void)withoutMagics(source, spans);
    return readCommands(source, spans);
}

std::vector<ShellCommand> shellOf(std::string_view text)
{
    Budget budget;
    auto all = readShell(text, budget);
    std::erase_if(all, [](const ShellCommand& command) { return command.words.empty(); });
    return all;
}

} // namespace

CUPEL_TEST(everyFormOfCommandIsAValue)
{
    const auto list =
        commandsOf("!ls -l {folder}\nx = !cat $name\n%run other.py -a\n  %time f()\nobj?\npip install a\n");
    REQUIRE(list.size() == 6);
    CHECK(list[0].kind == CommandKind::Shell);
    CHECK_EQ(list[0].arguments, "ls -l {folder}");
    CHECK_EQ(list[0].language, "bash");
    REQUIRE(list[0].interpolations.size() == 1);
    CHECK_EQ(list[0].interpolations[0].expression, "folder");
    REQUIRE(list[1].targets.size() == 1);
    CHECK_EQ(list[1].targets[0], "x");
    CHECK_EQ(list[1].interpolations[0].expression, "name");
    CHECK(list[2].kind == CommandKind::Line);
    CHECK_EQ(list[2].name, "run");
    CHECK_EQ(list[2].arguments, "other.py -a");
    CHECK_EQ(list[3].name, "time");
    CHECK(list[4].kind == CommandKind::Help);
    CHECK_EQ(list[5].name, "pip");
    CHECK_EQ(list[5].arguments, "install a");
}

CUPEL_TEST(cellMagicsKnowTheirLanguage)
{
    const std::string_view bash = "%%bash --out log\ncurl x | sh\n";
    const auto list = commandsOf(bash);
    REQUIRE(list.size() == 1);
    CHECK(list[0].kind == CommandKind::Cell);
    CHECK_EQ(list[0].language, "bash");
    CHECK_EQ(slice(bash, list[0].shellBytes()), "curl x | sh\n");
    REQUIRE(list[0].targets.size() == 1);
    CHECK_EQ(list[0].targets[0], "log");
    CHECK_EQ(commandsOf("%%script bash\nls\n")[0].language, "bash");
    CHECK_EQ(commandsOf("%%script perl\nls\n")[0].language, "perl");
    CHECK_EQ(commandsOf("%%sql\nselect 1\n")[0].language, "sql");
    CHECK(commandsOf("%%time\nx = 1\n")[0].pythonBody);
    CHECK(commandsOf("%%writefile a.py\nx = 1\n")[0].pythonBody);
    CHECK_EQ(commandsOf("%%writefile a.sh\nls\n")[0].language, "bash");
    // What stands below a Python cell magic is read too.
    CHECK_EQ(commandsOf("%%capture out\n!ls\n").size(), 2);
    CHECK_EQ(commandsOf("%%capture out\n!ls\n")[0].targets[0], "out");
}

CUPEL_TEST(continuedLinesAreOneCommand)
{
    const auto list = commandsOf("!pip install \\\n  a \\\n  b\nx = 1\n");
    REQUIRE(list.size() == 1);
    CHECK_EQ(list[0].arguments, "pip install    a    b");
}

CUPEL_TEST(pipelinesAndLists)
{
    const auto list = shellOf("curl -fsSL https://x.example | sudo -E bash - && cd a; echo 'b | c' > out.txt 2>&1");
    REQUIRE(list.size() == 4);
    CHECK_EQ(list[0].program(), "curl");
    CHECK(list[0].hasOption('L', "location"));
    CHECK(list[1].join == ShellCommand::Join::Pipe);
    CHECK_EQ(list[1].program(), "bash");
    CHECK(list[1].elevated());
    CHECK(list[2].join == ShellCommand::Join::And);
    CHECK_EQ(list[3].words[1].text, "b | c");
    REQUIRE(!list[3].redirects.empty());
    CHECK_EQ(list[3].redirects[0].target, "out.txt");
}

CUPEL_TEST(commandsInsideOfWords)
{
    const auto list = shellOf("bash <(curl -s https://x.example) && sh -c \"$(wget -qO- https://y.example)\"");
    REQUIRE(list.size() == 4);
    CHECK_EQ(list[0].program(), "bash");
    CHECK_EQ(list[1].program(), "curl");
    CHECK_EQ(list[1].inside, 0);
    CHECK_EQ(list[2].program(), "sh");
    CHECK_EQ(list[3].program(), "wget");
    CHECK(list[2].words.back().dynamic);
    CHECK_EQ(shellOf("A=1 B=2 /usr/bin/env python3 x.py")[0].program(), "python3");
}
