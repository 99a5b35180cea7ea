// SPDX-License-Identifier: GPL-3.0-or-later
// Finds personal data in one decoded text: shape, then proof, then the words around it, and the best of what overlaps.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/rules/pii/context.h"
#include "analyzers/rules/pii/pii_row.h"

#include <string>
#include <vector>

namespace cupel::rules::pii {

struct Match {
    const PiiRow* row = nullptr;
    ByteRange place; // in the text
    Severity severity = Severity::Info;
    Confidence confidence = Confidence::Possible;
    bool proved = false; // a checksum or structure holds
    bool checksum = false; // it was a checksum
    std::string_view proof; // what tells it, where a name has no structure: "a label stands in front of it"
    bool byAddress = false; // only an e-mail address of the notebook tells that it is one
    std::string_view site; // of a link to a person
    bool loose = false; // the structure holds, the check digits do not
    std::size_t contextLength = 0; // of the word nearby that names the class
    ByteRange contextPlace;
    bool contextOnLine = false; // the word stands on the line of the value
};

// In order of their places; what overlaps is settled. `complete` becomes false when hostile text was cut short.
[[nodiscard]] std::vector<Match> scanText(ByteView text, Budget& budget, bool& complete);

// "DE•• •••• ••": letters and digits give way to dots, what separates them stays.
[[nodiscard]] std::string maskByShape(ByteView value);

} // namespace cupel::rules::pii
