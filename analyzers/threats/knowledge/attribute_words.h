// SPDX-License-Identifier: GPL-3.0-or-later
// What keys of attributes, values and kinds of evidence mean to people. Rules and files know "outputs_saved"; whoever
// reads why a threat is there should not have to.
#pragma once

#include "analyzers/threats/threat_model.h"

#include <string>
#include <string_view>

namespace cupel::threats {

struct AttributeWords {
    const char* key;
    bool fact; // a sentence that holds or does not ("outputs are saved in it"); else a name ("origin")
    const char* words; // English; context of translations: ThreatWords
};
[[nodiscard]] const AttributeWords* wordsOfAttribute(std::string_view key); // nullptr: a key of the user's own

enum class Said : std::uint8_t { Yes, No, Unknown, Value };
[[nodiscard]] Said saidOf(std::string_view value); // "true", "false", "unknown" or anything else
[[nodiscard]] bool saysSame(std::string_view one, std::string_view other); // "false" says what "no" says

// "pii in output" of "nb.pii.in-output": what kind of finding.
[[nodiscard]] std::string plainWords(std::string_view id);
// "nobody knows whether outputs are saved in it", "origin: public": in English, for reports.
[[nodiscard]] std::string inWords(const Reason& reason);

} // namespace cupel::threats
