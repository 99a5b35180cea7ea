// SPDX-License-Identifier: GPL-3.0-or-later
// Texts of an object's state on which its class acts when it is restored: benign only as the class itself writes them.
#pragma once

#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/model/finding.h"

#include <string_view>

namespace cupel::rules::pickle {

struct ActingState {
    std::string_view rule; // empty: nothing acts
    Severity severity = Severity::High;
    std::string_view why; // one clause behind "its class"
};
[[nodiscard]] ActingState actingState(const formats::PickleFacts& facts, const formats::PickleStateText& state);

} // namespace cupel::rules::pickle
