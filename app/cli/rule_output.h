// SPDX-License-Identifier: GPL-3.0-or-later
// What `cupel rules` and `cupel explain` share.
#pragma once

#include "analyzers/model/rule.h"
#include "analyzers/report/writers/json_stream.h"
#include "app/cli/arguments.h"
#include "app/cli/output.h"

#include <string>
#include <string_view>

namespace cupel::cli {

[[nodiscard]] std::string lower(std::string_view text); // ASCII only
void writeSchema(report::JsonStream& json, const char* schema);
// What is wrong with the name of a family; empty: there are rules of it.
[[nodiscard]] std::string unknownFamily(const std::string& family);
// The fields of a rule; its texts and examples too when `full`.
void writeRule(report::JsonStream& json, const RuleInfo& rule, bool full);
// Ends the output and turns trouble into a message and an exit code.
[[nodiscard]] Exit finished(Output& output);

} // namespace cupel::cli
