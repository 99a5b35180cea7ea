// SPDX-License-Identifier: GPL-3.0-or-later
// The texts that pictures carry and no viewer shows: comments, descriptions, what stands behind the end.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/image/byte_window.h"

#include <functional>
#include <string>

namespace cupel::rules::secrets {

struct ImageText {
    std::string text;
    std::string how; // "metadata of a picture"
    ByteRange place; // in what the window was made of
    bool exact = false; // a place in `text` is one in the window, from `start` on
    std::uint64_t start = 0;
};

void eachImageText(formats::ByteWindow& image, Budget& budget, const std::function<void(const ImageText&)>& each);

} // namespace cupel::rules::secrets
