// SPDX-License-Identifier: GPL-3.0-or-later
// One thing to be installed as pip and its kin write it (PEP 508, direct URLs, VCS URLs, paths), and names of
// distributions (PEP 503). Reads any text; what has no such form gives Kind::None.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

struct Requirement {
    enum class Kind { None, Name, Url, Vcs, Path, Hole };
    Kind kind = Kind::None;
    std::string name; // as written; empty when a URL or path does not tell
    std::vector<std::string> extras;
    std::string specifier; // "==1.0", ">=1,<2", without blanks; of a wheel's URL the version in its name
    std::string url; // as written
    std::string reference; // VCS: the branch, tag or commit behind '@'
    std::string marker; // behind ';'
    std::size_t hashes = 0;
    std::size_t nameEnd = 0; // in the text: behind name and extras, where a version would stand
};

[[nodiscard]] Requirement readRequirement(std::string_view text);

// Lower case, runs of '-', '_' and '.' become one '-'.
[[nodiscard]] std::string normalName(std::string_view name);

// "2.1.0" of "==2.1.0" and "===2.1.0"; empty for ranges, wildcards and several clauses.
[[nodiscard]] std::string_view exactVersion(std::string_view specifier);
[[nodiscard]] bool isCommit(std::string_view reference); // 40 or 64 hex digits

// Without user name and password, without what follows '?'.
[[nodiscard]] std::string safeUrl(std::string_view url);
[[nodiscard]] std::string_view urlHost(std::string_view url); // lower case is not made; empty: none

} // namespace cupel::code
