// SPDX-License-Identifier: GPL-3.0-or-later
// Stripping any model: pieces stay inside of the file, the copy is as large as the plan says, and a plan that was not
// refused can be planned again on the copy it makes.
#include "analyzers/convert/strip.h"
#include "analyzers/engine/analyze.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

namespace {

AnalysisPtr looked(std::string bytes)
{
    ScanOptions options;
    options.keepBytes = true;
    options.limits = fuzz::smallLimits();
    options.onlyFamilies = {"model"};
    Budget budget(options.limits);
    Artifact artifact;
    artifact.path = "m.bin";
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    return std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto file = looked(std::string(fuzz::viewOf(data, size)));
    const convert::StripWish all{true, true, true, {}};
    Budget budget(fuzz::smallLimits());
    const auto plan = convert::planStrip(file, all, budget);
    if (!plan) {
        return 0;
    }
    for (const auto& piece : plan.value().pieces) {
        fuzz::must(piece.copied.start <= piece.copied.end && piece.copied.end <= size, "pieces lie inside of the file");
    }
    if (plan.value().bytes > 4 * size + (1 << 20)) {
        return 0; // zeros up to an alignment that the file asks for
    }
    std::string copy;
    fuzz::must(convert::writeStripped(plan.value(), budget,
                   [&copy](std::string_view piece) {
                       copy += piece;
                       return true;
                   }),
        "nothing stops the copy");
    fuzz::must(copy.size() == plan.value().bytes, "the copy is as large as planned");
    if (plan.value().items.empty() && file->facts.format != "safetensors") {
        fuzz::must(copy.size() <= size + (1 << 12), "nothing is taken out, nothing comes in");
    }
    // Whatever the engine would not let through has its reason; it must never fail in another way.
    static_cast<void>(convert::planStrip(looked(std::move(copy)), all, budget));
    return 0;
}
