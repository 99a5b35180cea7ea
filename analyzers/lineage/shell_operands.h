// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a shell command that are no options, and the values of those options that have one.
#pragma once

#include "analyzers/code/shell.h"
#include "analyzers/lineage/words.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::lineage {

// Behind those that say which command it is.
class Operands {
public:
    Operands(const code::ShellCommand& entry, std::initializer_list<std::string_view> valued)
    {
        for (auto i = entry.programAt() + 1; i < entry.words.size(); ++i) {
            const auto& word = entry.words[i];
            const bool option = word.text.size() > 1 && word.text.front() == '-' && !word.quoted;
            known = known && !word.dynamic;
            if (option && isOneOf(std::string_view(word.text), valued) && i + 1 < entry.words.size()) {
                options.emplace_back(word.text, entry.words[++i].text);
            } else if (!option) {
                words.push_back(word.text);
            }
        }
    }
    [[nodiscard]] std::string option(std::initializer_list<std::string_view> names) const
    {
        const auto hit = std::find_if(options.begin(), options.end(),
            [&](const auto& entry) { return isOneOf(std::string_view(entry.first), names); });
        return hit != options.end() ? hit->second : std::string();
    }
    // "s3 cp": takes these words off the front. False: others stand there.
    bool take(std::initializer_list<std::string_view> names)
    {
        if (words.empty() || !isOneOf(std::string_view(words.front()), names)) {
            return false;
        }
        words.erase(words.begin());
        return true;
    }

    std::vector<std::string> words;
    std::vector<std::pair<std::string, std::string>> options;
    bool known = true; // no piece of it is filled in by the shell
};

} // namespace cupel::lineage
