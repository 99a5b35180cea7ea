// SPDX-License-Identifier: GPL-3.0-or-later
// Install commands in cells and shell text: every place lies in the source, a pin stands behind a name, caps hold.
#include "analyzers/code/install_lines.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

static void checkCommands(
    ByteView source, const std::vector<code::InstallCommand>& commands, const code::InstallLimits& limits)
{
    const auto inside = [&](ByteRange range) { return range.start <= range.end && range.end <= source.size(); };
    fuzz::must(commands.size() <= limits.commands + 64, "commands are capped");
    for (const auto& command : commands) {
        fuzz::must(inside(command.bytes), "a command lies in the source");
        for (const auto& item : command.items) {
            fuzz::must(inside(item.bytes), "an item lies in the source");
            fuzz::must(item.pinAt == 0 || (item.pinAt > item.bytes.start && item.pinAt <= item.bytes.end),
                "a pin stands behind a letter of its item");
            const auto& name = item.requirement.name;
            fuzz::must(
                item.pinAt == 0 || (item.requirement.nameEnd > 0 && !name.empty()), "what can be pinned has a name");
        }
        for (const auto& option : command.options) {
            fuzz::must(inside(option.bytes), "an option lies in the source");
        }
    }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto source = fuzz::viewOf(data, size);
    code::InstallLimits limits;
    limits.commands = 200;
    limits.items = 400;
    // One language per input, told by its last byte: all four would cost four times as much.
    constexpr std::string_view languages[] = {"python", "r", "julia", "bash"};
    const auto language = languages[size > 0 ? data[size - 1] % 8 % 5 % 4 : 0];
    checkCommands(source, code::installsInCell(source, language, limits), limits);
    return 0;
}
