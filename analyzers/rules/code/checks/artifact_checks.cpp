// SPDX-License-Identifier: GPL-3.0-or-later
// Checks that need the whole notebook: random numbers without a seed, and hidden cells that run packed code.
#include "analyzers/rules/code/checks/checks.h"

#include "analyzers/base/byte_scan.h"

#include <algorithm>

namespace cupel::rules::code {

void checkLeakage(const CodeCells& cells, Reporter& reporter, Budget& budget)
{
    bool seeded = false;
    bool trains = false;
    std::optional<Place> drawn;
    for (std::uint32_t i = 0; i < cells.cells().size() && budget.spend(cells.cells()[i].text.size()); ++i) {
        const std::string_view text = cells.cells()[i].text;
        seeded = seeded
            || holdsOneOf<"seed(", "default_rng(", "manual_seed", "set_seed", "seed_everything", "random_state=">(text);
        trains = trains || holdsOneOf<".fit(", ".train(", ".backward(">(text);
        if (drawn || !holdsText(text, "rand")) {
            continue;
        }
        for (const std::string_view word :
            {"np.random.", "numpy.random.", "torch.rand(", "torch.randn(", "random.shuffle("}) {
            const auto at = text.find(word);
            if (!drawn && at != std::string_view::npos) {
                drawn = Place{i, {at, at + word.size()}};
            }
        }
    }
    if (drawn && trains && !seeded) {
        Draft draft;
        draft.rule = "CUP-CODE-NO-SEED";
        draft.place = *drawn;
        reporter.add(std::move(draft));
    }
    for (std::uint32_t i = 0; i < cells.cells().size(); ++i) {
        const std::string_view text = cells.cells()[i].text;
        const bool folded =
            text.starts_with("#@title") || text.starts_with("# @title") || holdsText(text, "display-mode: \"form\"");
        const auto at = folded ? text.find("exec(") : std::string_view::npos;
        const bool runs = at != std::string_view::npos;
        if (runs && holdsOneOf<"b64decode", "zlib.decompress", "marshal.loads", "fromhex">(text)) {
            Draft draft;
            draft.rule = "CUP-CODE-HIDDEN-CELL-EXEC";
            draft.place = {i, {at, at + 5}};
            reporter.add(std::move(draft));
        }
    }
}

} // namespace cupel::rules::code
