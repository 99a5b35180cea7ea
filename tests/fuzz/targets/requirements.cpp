// SPDX-License-Identifier: GPL-3.0-or-later
// Files that list packages, and single requirements: every place lies in the text, names are normal after once.
#include "analyzers/code/requirement_files.h"
#include "analyzers/code/toml_strings.h"
#include "tests/fuzz/fuzz.h"

#include <iterator>

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    const auto inside = [&](ByteRange range) { return range.start <= range.end && range.end <= size; };
    code::InstallLimits limits;
    limits.items = 500;
    constexpr code::RequirementFile kinds[] = {code::RequirementFile::Requirements,
        code::RequirementFile::CondaEnvironment, code::RequirementFile::Toml, code::RequirementFile::TomlLock,
        code::RequirementFile::SetupCfg, code::RequirementFile::SetupPy, code::RequirementFile::PipfileLock,
        code::RequirementFile::CondaLock, code::RequirementFile::CondaExplicit, code::RequirementFile::Shell};
    // One kind per input, told by its last byte.
    const auto kind = kinds[size > 0 ? data[size - 1] % std::size(kinds) : 0];
    {
        std::vector<code::InstallCommand> commands;
        code::readRequirementFile(kind, text, 0, limits, commands);
        code::readScriptMetadata(text, limits, commands);
        for (const auto& command : commands) {
            fuzz::must(inside(command.bytes), "a command lies in the text");
            for (const auto& item : command.items) {
                fuzz::must(inside(item.bytes), "an item lies in the text");
                const auto normal = code::normalName(item.requirement.name);
                fuzz::must(code::normalName(normal) == normal, "a normal name stays as it is");
                fuzz::must(code::safeUrl(item.requirement.url).size() <= item.requirement.url.size(),
                    "a URL only loses parts");
            }
            for (const auto& option : command.options) {
                fuzz::must(inside(option.bytes), "an option lies in the text");
            }
        }
    }
    code::readTomlStrings(text, "#",
        [&](const code::TomlString& string) { fuzz::must(inside(string.bytes), "a string lies in the text"); });
    const auto requirement = code::readRequirement(text);
    fuzz::must(requirement.nameEnd <= size, "a name ends in the text");
    return 0;
}
