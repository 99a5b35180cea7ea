// SPDX-License-Identifier: GPL-3.0-or-later
// A rule's description, the same text for `cupel explain`, the inspector and the report.
#pragma once

#include "analyzers/model/finding.h"

#include <string>
#include <vector>

namespace cupel {

struct References {
    std::vector<std::string> cwe; // "CWE-798"
    std::vector<std::string> atlas; // "AML.T0055"
    std::vector<std::string> owasp; // "LLM02:2025", "ML06:2023"
    std::vector<std::string> url;
};

struct RuleInfo {
    std::string id;
    Family family = Family::Malformed;
    std::string cls; // "secret.github-pat", or empty
    std::string title;
    Severity severity = Severity::Info; // before evidence
    Confidence confidence = Confidence::Possible;
    std::string whatHappens; // plain words, at most two sentences before the first paragraph break
    std::string whereFrom;
    std::string howToFix;
    std::string wrongExample; // code, may be empty
    std::string rightExample;
    std::vector<std::string> checks; // offline truth checks by name
    References references;
};

} // namespace cupel
