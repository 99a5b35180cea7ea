// SPDX-License-Identifier: GPL-3.0-or-later
// What was known before: findings of an earlier scan, or what other tools wrote down. Understands the JSON of
// `cupel scan`, `.secrets.baseline` of detect-secrets, and reports of gitleaks.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/model/analysis.h"

#include <cstdint>
#include <map>
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
    [[nodiscard]] std::size_t size() const { return m_findings + m_secrets.size(); }
    [[nodiscard]] const std::string& source() const { return m_source; } // "cupel", "detect-secrets", "gitleaks"

private:
    std::string m_source;
    struct Known {
        std::string values; // Finding::values; empty: not said, then all are known
        std::string artifact;
    };
    // By fingerprint, and by rule and values: of two values that are masked alike each is known when they change
    // places.
    std::multimap<std::string, Known, std::less<>> m_known;
    std::size_t m_findings = 0;
    std::vector<KnownSecret> m_secrets;
};

} // namespace cupel::review
