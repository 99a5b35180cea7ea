// SPDX-License-Identifier: GPL-3.0-or-later
// What IPython adds to Python is taken out and nothing else; every byte keeps its place.
#include "analyzers/code/converted.h"
#include "analyzers/code/magics.h"
#include "tests/unit/check.h"

using cupel::code::withNotation;
using cupel::code::withoutMagics;

CUPEL_TEST(plainPythonIsUntouched)
{
    for (const std::string_view text :
        {"", "\n", "x = 5 % 3\n", "print('50 %')", "s = \"\"\"\n%time\n!ls\n\"\"\"\n", "x = (a\n     % b)\n",
            "y = a \\\n  % b\n", "f'{x!r}'", "# what?\n", "print('why?')\n", "a != b\n", "x %= 3\n", "x == -1"}) {
        CHECK_EQ(withoutMagics(text), text);
    }
}

CUPEL_TEST(magicsBecomeAnExpression)
{
    CHECK_EQ(withoutMagics("%matplotlib inline\nx=1"), "0                 \nx=1");
    CHECK_EQ(withoutMagics("!ls"), "0  ");
    // IPython runs these without a mark; what Python may read as its own is left to it.
    CHECK_EQ(withoutMagics("cat data/a.csv\nx=1"), "0             \nx=1");
    CHECK_EQ(withoutMagics("cd .."), "0    ");
    for (const auto* text : {"ls -l", "cat = 1", "cat in pets", "cp (1)", "rm if rm else 0", "lsx a", "cat"}) {
        CHECK_EQ(withoutMagics(text), text);
    }
    CHECK_EQ(withoutMagics("df.head?\n"), "0       \n");
    CHECK_EQ(withoutMagics("?len"), "0   ");
    CHECK_EQ(withoutMagics("if x:\n    !ls\n"), "if x:\n    0  \n");
    CHECK_EQ(withoutMagics("!a \\\r\n b\nc"), "0   \r\n  \nc");
}

CUPEL_TEST(assignedMagicsLoseTheirRightSide)
{
    CHECK_EQ(withoutMagics("files = !ls *.csv\n"), "files = 0        \n");
    CHECK_EQ(withoutMagics("t = %timeit -o f()"), "t = 0;         f()");
    CHECK_EQ(withoutMagics("t = %timeit"), "t = 0      ");
    CHECK_EQ(withoutMagics("x = %time f(1, \\\n 2)\ny"), "x =       f(1, \\\n 2)\ny");
    CHECK_EQ(withoutMagics("a, b = %time f(1)\nx = %time !ls"), "a, b =       f(1)\nx = 0        ");
}

CUPEL_TEST(statementsOfTimedLinesStay)
{
    CHECK_EQ(withoutMagics("%time x = f(1)\n"), "0;    x = f(1)\n");
    CHECK_EQ(withoutMagics("if x:\n    %timeit -n 5 -r2 f(x)\n"), "if x:\n    0;               f(x)\n");
    CHECK_EQ(withoutMagics("%prun -s cumulative f(\n  '%time')\n"), "0;                  f(\n  '%time')\n");
    CHECK_EQ(withoutMagics("%time f(a, \\\n b)\nc"), "0;    f(a, \\\n b)\nc");
    CHECK_EQ(withoutMagics("%time !ls"), "0        ");
    CHECK_EQ(withoutMagics("%time for i in x: f(i)"), "0                     ");
    CHECK_EQ(withoutMagics("%time"), "0    ");
    CHECK_EQ(withoutMagics("%timeit -n"), "0         ");
    CHECK_EQ(withoutMagics("%timer x"), "0       ");
}

CUPEL_TEST(cellMagicsOfOtherLanguagesTakeTheCell)
{
    CHECK_EQ(withoutMagics("%%bash\necho hi\n"), "0     \n       \n");
    CHECK_EQ(withoutMagics("\n%%time\nx = 1\n"), "\n0     \nx = 1\n");
    CHECK_EQ(withoutMagics("x\n%%time\ny"), "x\n0     \ny");
}

CUPEL_TEST(convertedCallsAreNotationAgain)
{
    CHECK_EQ(withNotation("get_ipython().system('ls a')\n"), "!                     ls a  \n");
    CHECK_EQ(withNotation("x = get_ipython().getoutput('ls')"), "x = !                        ls  ");
    CHECK_EQ(withNotation("  get_ipython().run_line_magic('cd', 'b')"), "  %cd                                 b  ");
    CHECK_EQ(withNotation("get_ipython().run_cell_magic('time', '', 'x = 1\\n')"),
        "%%time                                   \nx = 1 \n  ");
    // Quotes keep their texts whole, f stays beside its quote, a line that goes on still does.
    CHECK_EQ(withNotation("get_ipython().magic('time f(f\\'a\\')')"), "%                    time f( f'a' )  ");
    CHECK_EQ(withNotation("get_ipython().run_cell_magic('time', '', 'a = 1 + \\\\\\n2')"),
        "%%time                                   \na = 1 +   \\\n2  ");
    // Between other code the lines of a shell or of SQL become one.
    CHECK_EQ(withNotation("y\nget_ipython().run_cell_magic('bash', '', 'ls a # it\\ncd b')"),
        "y\n!                                         ls a      ;cd b  ");
    CHECK_EQ(withNotation("y\nget_ipython().run_cell_magic('sql', 'x <<', 'select 1 -- a\\nfrom t')"),
        "y\n%sql                                 x <<    select 1       from t  ");
    CHECK_EQ(withNotation("y\nget_ipython().run_cell_magic('time', '', 'x')"),
        "y\n0                                        \nx  ");
    for (const std::string_view text : {"y\nget_ipython().run_cell_magic('html', '', 'x')", "get_ipython().system(x)",
             "get_ipython().system('x'", "f(get_ipython().system('x'))", "get_ipython().system('x') + 1",
             "get_ipython().system('x\\')", "get_ipython().run_cell_magic('time', '')", "get_ipython()."}) {
        CHECK_EQ(withNotation(std::string(text)), text);
    }
}

CUPEL_TEST(hostileTextKeepsItsLength)
{
    std::string noise;
    std::uint32_t seed = 7;
    for (int i = 0; i < 200'000; ++i) {
        seed = seed * 1664525 + 1013904223;
        noise.push_back("\n\r\\'\"([{}])%!?# =x\x80\0"[seed >> 24 & 15]);
    }
    const auto out = withoutMagics(noise);
    REQUIRE(out.size() == noise.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        if ((out[i] == '\n') != (noise[i] == '\n')) {
            CHECK_EQ(i, 0);
        }
    }
}
