// SPDX-License-Identifier: GPL-3.0-or-later
// A finding as Markdown to paste into a ticket: what, where, evidence, fix, references. Excerpts are the redacted ones
// of the finding; nothing is read from the file. Pure.
#pragma once

#include "analyzers/model/finding.h"
#include "analyzers/model/rule.h"

#include <QtCore/QString>

namespace cupel::app {

[[nodiscard]] QString findingMarkdown(const Finding& finding, const RuleInfo* rule);

} // namespace cupel::app
