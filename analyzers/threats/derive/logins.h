// SPDX-License-Identifier: GPL-3.0-or-later
// How a call says who it is: by its arguments, or by the address it goes to.
#pragma once

#include "analyzers/base/bytes.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace cupel::threats {

// Files of code as they are on disk, by path of the workspace as the lineage has it.
using CodeByPath = std::map<std::string, std::shared_ptr<const std::string>, std::less<>>;

struct CallingCode {
    std::string_view text; // of the file
    bool namesLogin = false; // somewhere in it: "Authorization", "x-api-key" ...
};
// Each file is searched once for all of its calls. Texts must stay.
class CallingFiles {
public:
    [[nodiscard]] const CallingCode& of(const std::string& path, std::string_view text);

private:
    std::map<std::string, CallingCode> m_files;
};

// "token", "password"; "none" where something is sent and nothing says who sends it; empty: not known. What anybody may
// read asks for no login: that is no weakness of the way. `call`: in `code`.
[[nodiscard]] std::string_view loginOf(
    const CallingCode& code, ByteRange call, std::string_view api, std::string_view uri, bool sends);

} // namespace cupel::threats
