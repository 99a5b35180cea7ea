// SPDX-License-Identifier: GPL-3.0-or-later
// What a script says it does, by the names it uses: talks to the kernel or the server, calls other hosts, reads what
// the page keeps, hides what it is. It is not run and not parsed; long libraries are looked at for their beginning
// only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats {

struct ScriptSigns {
    bool kernel = false; // runs code in the kernel or drives the notebook program
    bool server = false; // the server's interface: files, terminals
    bool network = false; // sends or loads
    bool storage = false; // cookies, local storage
    bool hidden = false; // decodes itself before it runs
    bool library = false; // too long to be judged by names
    std::vector<std::string> hosts; // named in it, at most 8, each once
};

[[nodiscard]] ScriptSigns readScript(std::string_view script);

} // namespace cupel::formats
