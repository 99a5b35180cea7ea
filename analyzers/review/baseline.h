// SPDX-License-Identifier: GPL-3.0-or-later
// What was known before: findings of an earlier scan, or what other tools wrote down. Understands the JSON of
// `cupel scan`, `.secrets.baseline` of detect-secrets, and reports of gitleaks.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/model/analysis.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cupel::review {

struct KnownSecret { // of another tool: a place, and a digest or the value when it tells one
    std::string file;
    std::uint32_t line = 0; // 1-based in the file, 0: not said
    std::string sha1; // 40 hex digits of the value, empty: not said
};

class Baseline {
public:
    // At most 256 MiB. The error names the byte.
    static Result<Baseline> read(ByteView text);

    // Whether `finding` was known. Digests are compared when the analysis holds its bytes; else the line has to do.
    [[nodiscard]] bool covers(const Analysis& analysis, const Finding& finding) const;
    [[nodiscard]] std::size_t size() const { return m_known.size() + m_secrets.size(); }
    [[nodiscard]] const std::string& source() const { return m_source; } // "cupel", "detect-secrets", "gitleaks"

private:
    std::string m_source;
    // What was known under a fingerprint: Finding::values of each; empty: not said, then all are.
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> m_known;
    std::vector<KnownSecret> m_secrets;
};

} // namespace cupel::review
