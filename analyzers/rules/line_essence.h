// SPDX-License-Identifier: GPL-3.0-or-later
// What stays of a line when it is formatted, masked or cut another way: what fingerprints are made of.
#pragma once

#include <string>
#include <string_view>

namespace cupel::rules {

// Without what a formatter changes.
[[nodiscard]] std::string essence(std::string_view text);
// The same of code that has to stay what it is: white space, comments, kinds of quotes and commas before a closing
// bracket go, what stands in literals stays.
[[nodiscard]] std::string codeEssence(std::string_view text);
// The signs of a line that goes on: decisions were made before there were any.
[[nodiscard]] std::string_view withoutCutSigns(std::string_view text);
// What was a value and what was taken out for one are one sign, however long and bracketed: a line of which others were
// taken out is still the line that was decided about.
[[nodiscard]] std::string withoutValues(std::string_view text);
// The last word of `text`: "aws_secret_access_key" of `Session(aws_secret_access_key = "`.
[[nodiscard]] std::string nameBefore(std::string_view text);

} // namespace cupel::rules
