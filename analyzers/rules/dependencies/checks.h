// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of this group, by what they look at.
#pragma once

#include "analyzers/rules/dependencies/inventory.h"
#include "analyzers/rules/dependencies/report.h"

namespace cupel::rules::dependencies {

void checkNames(const Inventory& inventory, Reporter& report); // typosquats, aliases, hijacked releases
void checkSources(const Inventory& inventory, Reporter& report); // URLs, repositories, images, scripts
void checkOptions(const Inventory& inventory, Reporter& report); // indexes, safety switched off
void checkPins(const Inventory& inventory, Reporter& report); // versions
void checkImports(const Inventory& inventory, Reporter& report); // imported, not installed

// The URL of a requirement without credentials, query and reference.
[[nodiscard]] std::string toShownUrl(const code::Requirement& requirement);

} // namespace cupel::rules::dependencies
