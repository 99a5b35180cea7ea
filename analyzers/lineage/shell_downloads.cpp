// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/shell_downloads.h"

#include "analyzers/lineage/locators.h"
#include "analyzers/lineage/words.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace cupel::lineage {

namespace {

// What an option with a value means to a program; the rest of those with a value are passed over.
enum class Meaning : std::uint8_t { File, Folder, Address, Other };
struct Valued {
    std::string_view program;
    char letter; // 0: none
    std::string_view word; // empty: none
    Meaning meaning;
};
constexpr std::array valued{
    Valued{"curl", 'o', "output", Meaning::File},
    Valued{"curl", 0, "output-dir", Meaning::Folder},
    Valued{"curl", 0, "url", Meaning::Address},
    Valued{"curl", 'H', "header", Meaning::Other},
    Valued{"curl", 'd', "data", Meaning::Other},
    Valued{"curl", 'X', "request", Meaning::Other},
    Valued{"curl", 'u', "user", Meaning::Other},
    Valued{"curl", 'A', "user-agent", Meaning::Other},
    Valued{"curl", 'e', "referer", Meaning::Other},
    Valued{"curl", 'x', "proxy", Meaning::Other},
    Valued{"curl", 'b', "cookie", Meaning::Other},
    Valued{"curl", 'c', "cookie-jar", Meaning::Other},
    Valued{"curl", 'F', "form", Meaning::Other},
    Valued{"curl", 'm', "max-time", Meaning::Other},
    Valued{"curl", 0, "retry", Meaning::Other},
    Valued{"curl", 0, "cacert", Meaning::Other},
    Valued{"wget", 'O', "output-document", Meaning::File},
    Valued{"wget", 'P', "directory-prefix", Meaning::Folder},
    Valued{"wget", 'o', "output-file", Meaning::Other},
    Valued{"wget", 'U', "user-agent", Meaning::Other},
    Valued{"wget", 't', "tries", Meaning::Other},
    Valued{"wget", 'T', "timeout", Meaning::Other},
    Valued{"wget", 0, "header", Meaning::Other},
    Valued{"wget", 0, "user", Meaning::Other},
    Valued{"wget", 0, "password", Meaning::Other},
    Valued{"gdown", 'O', "output", Meaning::File},
};

// "host.example/data.csv", as curl and wget take it for http.
bool isBareAddress(std::string_view word)
{
    const auto slash = word.find('/');
    const auto host = word.substr(0, slash);
    return slash != std::string_view::npos && slash > 3 && host.find('.') != std::string_view::npos
        && host.front() != '.' && std::all_of(host.begin(), host.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'
                   || c == '-';
           });
}

std::string nameIn(std::string_view address)
{
    const auto path = address.substr(0, address.find_first_of("?#"));
    return std::string(path.substr(path.find_last_of('/') + 1));
}

class Reader {
public:
    explicit Reader(const code::ShellCommand& entry)
        : m_entry(entry)
        , m_program(entry.program())
    {
        for (m_at = entry.programAt() + 1; m_at < entry.words.size(); ++m_at) {
            word(entry.words[m_at]);
        }
        for (const auto& redirect : entry.redirects) {
            if (redirect.op != '<') {
                m_shown = redirect.target;
            }
        }
    }

    [[nodiscard]] std::vector<Download> run(const code::ShellCommand* next) const
    {
        std::vector<Download> out;
        const bool named =
            m_program == "wget" || m_entry.hasOption('O', "remote-name") || m_entry.has("--remote-name-all");
        const auto handed = next && next->program() == "tee" ? lastOf(*next) : m_shown;
        for (std::size_t i = 0; i < m_addresses.size(); ++i) {
            // curl has a -o for each address; wget writes all of them to one file.
            const auto& files = m_files;
            auto to = m_program == "curl" ? (i < files.size() ? files[i] : std::string())
                                          : (files.empty() ? std::string() : files.back());
            if (to == "-") {
                to = handed;
            } else if (!to.empty()) {
                to = m_program == "curl" ? inFolder(to) : to;
            } else if (named) {
                to = inFolder(nameIn(m_addresses[i]));
            } else {
                to = m_program == "curl" ? handed : std::string();
            }
            out.push_back({m_addresses[i], std::move(to)});
        }
        return out;
    }

private:
    void word(const code::ShellWord& word)
    {
        const std::string_view text = word.text;
        if (text.starts_with("--")) {
            const auto equals = text.find('=');
            const auto name = text.substr(2, equals == std::string_view::npos ? text.npos : equals - 2);
            take(find([&](const Valued& one) { return one.word == name; }),
                equals == std::string_view::npos ? std::nullopt : std::optional(text.substr(equals + 1)));
        } else if (text.size() > 1 && text.front() == '-' && !word.quoted) {
            letters(text.substr(1));
        } else if (text.find("://") != std::string_view::npos || (m_program != "gdown" && isBareAddress(text))) {
            m_addresses.emplace_back(text);
        }
    }

    // "-sSLo a.csv", "-oa.csv": the first letter with a value takes the rest of the word, or the next one.
    void letters(std::string_view group)
    {
        for (std::size_t i = 0; i < group.size(); ++i) {
            const auto* option = find([&](const Valued& one) { return one.letter == group[i] && one.letter != 0; });
            if (option) {
                const auto rest = group.substr(i + 1);
                take(option, rest.empty() ? std::nullopt : std::optional(rest));
                return;
            }
        }
    }

    template <typename Is> [[nodiscard]] const Valued* find(Is is) const
    {
        const auto hit = std::find_if(
            valued.begin(), valued.end(), [&](const Valued& one) { return one.program == m_program && is(one); });
        return hit == valued.end() ? nullptr : &*hit;
    }

    void take(const Valued* option, std::optional<std::string_view> value)
    {
        if (!option) {
            return;
        }
        if (!value && m_at + 1 >= m_entry.words.size()) {
            return;
        }
        const std::string given(value ? *value : std::string_view(m_entry.words[++m_at].text));
        switch (option->meaning) {
        case Meaning::File:
            m_files.push_back(given);
            break;
        case Meaning::Folder:
            m_folder = given;
            break;
        case Meaning::Address:
            m_addresses.push_back(given);
            break;
        case Meaning::Other:
            break;
        }
    }

    [[nodiscard]] std::string inFolder(const std::string& name) const
    {
        return m_folder.empty() || m_folder == "." || name.empty() ? name : joinPath(m_folder, name);
    }

    static std::string lastOf(const code::ShellCommand& tee)
    {
        return tee.words.size() > tee.programAt() + 1 ? tee.words.back().text : std::string();
    }

    const code::ShellCommand& m_entry;
    std::string_view m_program;
    std::size_t m_at = 0;
    std::vector<std::string> m_addresses;
    std::vector<std::string> m_files;
    std::string m_folder;
    std::string m_shown; // where the standard output goes
};

} // namespace

std::vector<Download> downloadsOf(const code::ShellCommand& entry, const code::ShellCommand* next)
{
    return Reader(entry).run(next);
}

} // namespace cupel::lineage
