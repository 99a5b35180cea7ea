// SPDX-License-Identifier: GPL-3.0-or-later
// Syntax trees of texts that were parsed before: a file that is scanned again after an edit pays only for the cells
// that changed. Keyed by the whole text, so what is remembered is what parsing would give. Bounded, safe on any thread,
// and off until a program that scans the same files many times asks for it.
#pragma once

#include "analyzers/code/syntax.h"

#include <cstddef>
#include <memory>
#include <string>

namespace cupel::code {

// At most about so many bytes; 0: off, and forget all.
void rememberSyntax(std::size_t bytes);
[[nodiscard]] bool remembersSyntax();
// Null: not known, or of more nodes than `mostNodes`.
[[nodiscard]] std::shared_ptr<const Syntax> rememberedSyntax(const std::string& text, std::size_t mostNodes);
// Only whole trees, never those that a limit cut.
void keepSyntax(const std::string& text, const Syntax& syntax);

} // namespace cupel::code
