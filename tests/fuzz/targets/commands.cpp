// SPDX-License-Identifier: GPL-3.0-or-later
// Magics, commands and shell text of anything, without a syntax tree: every part lies in the cell, lengths are kept.
#include "analyzers/code/commands.h"
#include "analyzers/code/magics.h"
#include "analyzers/code/shell.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto source = fuzz::viewOf(data, size);
    std::vector<code::MagicSpan> spans;
    fuzz::must(code::withoutMagics(source, spans).size() == size, "taking magics out keeps the length");
    for (const auto& command : code::readCommands(source, spans)) {
        fuzz::must(command.bytes.start <= command.bytes.end && command.bytes.end <= size, "a command lies in the cell");
        fuzz::must(command.argumentBytes.end <= size && command.body.end <= size, "its parts lie in the cell");
        for (const auto& entry : command.interpolations) {
            fuzz::must(
                entry.bytes.start < entry.bytes.end && entry.bytes.end <= size, "an interpolation lies in the cell");
        }
    }
    Budget budget;
    std::size_t words = 0;
    for (const auto& command : code::readShell(source, budget)) {
        fuzz::must(command.bytes.start <= size && command.bytes.end <= size, "a shell command lies in its text");
        fuzz::must(command.programAt() <= command.words.size(), "the program is one of the words");
        words += command.words.size();
        for (const auto& word : command.words) {
            fuzz::must(word.bytes.start <= word.bytes.end && word.bytes.end <= size, "a word lies in its text");
        }
    }
    fuzz::must(words <= size + 1, "no more words than bytes");
    return 0;
}
