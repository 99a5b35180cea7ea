// SPDX-License-Identifier: GPL-3.0-or-later
// What is known about names of Python distributions: which one gives a module, which names mislead, which are real.
// Facts from resources/packages, compiled in.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules::dependencies {

// Names are in normal form (code::normalName).
struct ImportRow {
    std::string_view module;
    std::string_view distributions; // the usual one first, "conda:name" for the name there
};
struct CautionRow {
    std::string_view name;
    std::string_view kind; // "dummy", "other", "dead", "renamed", "hallucinated", "hijacked"
    std::string_view instead;
    std::string_view versions; // only these; empty: all
};

// The row of "google.cloud.storage", else of "google.cloud", else of "google"; null: not known.
[[nodiscard]] const ImportRow* findImport(std::string_view module);
// All distributions of a row in normal form.
[[nodiscard]] std::vector<std::string> distributionsOf(const ImportRow& row);
[[nodiscard]] const CautionRow* findCaution(std::string_view name);
[[nodiscard]] bool isStandardModule(std::string_view name);
// "ipython", "setuptools": in normal form, what a kernel or nearly every environment has, so that nobody misses it.
[[nodiscard]] bool isUsuallyThere(std::string_view distribution);
[[nodiscard]] bool isRealName(std::string_view name); // popular, or known not to be a typosquat
[[nodiscard]] std::span<const std::string_view> popular();

} // namespace cupel::rules::dependencies
