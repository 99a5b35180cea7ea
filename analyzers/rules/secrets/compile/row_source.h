// SPDX-License-Identifier: GPL-3.0-or-later
// A row as written in JSON, after validation; build time only.
#pragma once

#include "analyzers/rules/secrets/secret_row.h"

#include <set>
#include <string>
#include <vector>

namespace cupel::rules::secrets {

struct RowSource {
    std::string file, id, title, provider, revoke, regex, allow, checks, urls;
    std::vector<std::string> literals;
    bool anyCase = false;
    Severity severity = Severity::High;
    Confidence confidence = Confidence::Likely;
    Shape shape = Shape::Token;
    Mode mode = Mode::Live;
    bool digits = false;
    bool generic = false;
    bool prose = false;
    bool shellWord = false;
    unsigned rank = 0;
    float entropy = 0;
    unsigned before = 0;
    unsigned window = 4'096;
};

[[noreturn]] void fail(const std::string& message);
[[nodiscard]] std::set<std::string> readCheckNames(const std::string& path);
// All rows of all files, sorted by id; ends the program on the first wrong one.
[[nodiscard]] std::vector<RowSource> readRows(
    const std::vector<std::string>& files, const std::set<std::string>& checks);

} // namespace cupel::rules::secrets
