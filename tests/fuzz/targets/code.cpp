// SPDX-License-Identifier: GPL-3.0-or-later
// A cell's source: magics keep every byte's place, the outline's names lie in the source.
#include "analyzers/code/converted.h"
#include "analyzers/code/magics.h"
#include "analyzers/code/python_tree.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto source = fuzz::viewOf(data, size);
    fuzz::must(code::withoutMagics(source).size() == size, "taking magics out keeps the length");
    fuzz::must(code::withNotation(std::string(source)).size() == size, "notation is as long as the calls for it");
    code::ParseLimits limits;
    limits.bytes = 64 << 10;
    limits.entries = 100;
    const auto tree = code::PythonTree::parse(source, limits);
    if (!tree.ok()) {
        return 0;
    }
    const auto outline = tree.value().outline();
    fuzz::must(
        outline.imports.size() <= limits.entries && outline.definitions.size() <= limits.entries, "entries are capped");
    fuzz::must(!outline.firstError || *outline.firstError <= size, "an error lies in the source");
    for (const auto& entry : outline.imports) {
        fuzz::must(entry.bytes.start <= entry.bytes.end && entry.bytes.end <= size, "an import lies in the source");
    }
    for (const auto& entry : outline.definitions) {
        fuzz::must(entry.bytes.start <= entry.bytes.end && entry.bytes.end <= size, "a definition lies in the source");
    }
    return 0;
}
