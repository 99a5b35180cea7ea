// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/home_mask.h"

#include "analyzers/base/redact.h"
#include "analyzers/rules/outputs/home_paths.h"

#include <algorithm>
#include <functional>

namespace cupel::engine {

std::string withoutHomes(std::string_view text)
{
    constexpr std::string_view signs = "/\\";
    std::string out;
    std::size_t from = 0; // everything before is written
    const auto hide = [&](std::string_view name) {
        const bool inside = !name.empty() && !std::less<>()(name.data(), text.data() + from)
            && !std::less<>()(text.data() + text.size(), name.data() + name.size());
        if (inside) {
            const auto start = static_cast<std::size_t>(name.data() - text.data());
            out.append(text.substr(from, start - from)).append(maskDots);
            from = start + name.size();
        }
    };
    for (auto at = text.find_first_of(signs); at != std::string_view::npos; at = text.find_first_of(signs, at + 1)) {
        const auto home = text[at] == '/' ? rules::outputs::homeAt(text, at) : rules::outputs::windowsHomeAt(text, at);
        if (home) {
            hide(home->machine); // it stands in front of its user
            hide(home->user);
            at = std::max(at, from > 0 ? from - 1 : 0);
        }
    }
    return out.append(text.substr(from));
}

} // namespace cupel::engine
