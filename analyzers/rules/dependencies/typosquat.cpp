// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/dependencies/typosquat.h"

#include "analyzers/rules/dependencies/known_names.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace cupel::rules::dependencies {

namespace {

constexpr std::size_t longestName = 64;

// Letters that look alike in many fonts, and keys that lie side by side.
bool looksAlike(char a, char b)
{
    static constexpr std::array<std::string_view, 8> groups{"o0", "il1", "s5", "b8", "z2", "g9q", "vu", "e3"};
    return std::any_of(groups.begin(), groups.end(),
        [=](std::string_view g) { return g.find(a) != std::string_view::npos && g.find(b) != std::string_view::npos; });
}

bool areNeighbours(char a, char b)
{
    static constexpr std::array<std::string_view, 4> rows{"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto x = rows[row].find(a);
        if (x == std::string_view::npos) {
            continue;
        }
        for (auto other = row == 0 ? 0 : row - 1; other <= std::min<std::size_t>(row + 1, rows.size() - 1); ++other) {
            const auto y = rows[other].find(b);
            if (y != std::string_view::npos && (x > y ? x - y : y - x) <= 1) {
                return true;
            }
        }
    }
    return false;
}

bool isVowel(char c)
{
    return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// How `name` comes from `target` by one edit; empty: it does not.
std::string_view oneEdit(std::string_view name, std::string_view target)
{
    std::size_t head = 0;
    while (head < name.size() && head < target.size() && name[head] == target[head]) {
        ++head;
    }
    const auto a = name.substr(head);
    const auto b = target.substr(head);
    if (a.size() == b.size() && !a.empty()) {
        if (a.substr(1) == b.substr(1)) {
            return looksAlike(a[0], b[0])        ? "homoglyph"
                : isDigit(a[0]) && isDigit(b[0]) ? "numeral"
                : areNeighbours(a[0], b[0])      ? "keyboard"
                : isVowel(a[0]) && isVowel(b[0]) ? "vowel"
                : a[0] == '-' || b[0] == '-'     ? "separator"
                                                 : "substitution";
        }
        const bool swapped = a.size() >= 2 && a[0] == b[1] && a[1] == b[0] && a.substr(2) == b.substr(2);
        return swapped ? "transposition" : std::string_view{};
    }
    if (a.size() + 1 == b.size() && a == b.substr(1)) {
        // A beginning of a short name, or its end, is mostly a word of its own.
        const bool inside = head > 0 && !a.empty();
        return b[0] == '-'                 ? "separator"
            : isDigit(b[0])                ? "numeral"
            : a.empty() && b == "s"        ? "plural"
            : inside || target.size() >= 6 ? "omission"
                                           : "";
    }
    if (a.size() == b.size() + 1 && a.substr(1) == b) {
        const bool repeats = (head > 0 && a[0] == name[head - 1]) || (!b.empty() && a[0] == b[0]);
        return a[0] == '-'          ? "separator"
            : isDigit(a[0])         ? "numeral"
            : repeats               ? "repetition"
            : b.empty() && a == "s" ? "plural"
                                    : "insertion";
    }
    return {};
}

// Optimal string alignment, given up above two.
std::size_t distance(std::string_view a, std::string_view b)
{
    if (a.size() > longestName || b.size() > longestName || a.size() > b.size() + 2 || b.size() > a.size() + 2) {
        return 3;
    }
    std::array<std::array<std::size_t, longestName + 1>, 3> rows{};
    for (std::size_t j = 0; j <= b.size(); ++j) {
        rows[0][j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& twoAbove = rows[(i + 1) % 3];
        row[0] = i;
        std::size_t least = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], twoAbove[j - 2] + 1);
            }
            least = std::min(least, row[j]);
        }
        if (least > 2) {
            return 3;
        }
    }
    return rows[a.size() % 3][b.size()];
}

std::vector<std::string_view> parts(std::string_view name)
{
    std::vector<std::string_view> out;
    while (true) {
        const auto dash = name.find('-');
        out.push_back(name.substr(0, dash));
        if (dash == std::string_view::npos) {
            return out;
        }
        name.remove_prefix(dash + 1);
    }
}

// One edit is judged by the length of the part of the name that it changes: short words have too many neighbours.
bool tellsMuch(std::string_view technique, std::size_t length)
{
    if (technique == "separator") {
        return length >= 5;
    }
    if (technique == "transposition" || technique == "repetition" || technique == "homoglyph") {
        return length >= 4;
    }
    if (technique == "omission" || technique == "keyboard" || technique == "vowel" || technique == "plural") {
        return length >= 5;
    }
    return length >= 6; // insertion, substitution, numeral
}

std::optional<Imitation> byEdit(std::string_view name, std::string_view target)
{
    if (const auto technique = oneEdit(name, target); !technique.empty()) {
        const auto a = parts(name);
        const auto b = parts(target);
        std::size_t length = target.size();
        // A letter too many, too few or out of place stands out in the whole name, another letter only in its part.
        const bool whole = technique == "omission" || technique == "repetition" || technique == "transposition";
        if (a.size() == b.size() && !whole) {
            for (std::size_t i = 0; i < a.size(); ++i) {
                length = a[i] != b[i] ? b[i].size() : length;
            }
        }
        // mmcv1 and mmcv2, cu11 and cu12 are versions of the same thing.
        const bool versions = technique == "numeral" && std::any_of(target.begin(), target.end(), isDigit);
        if (versions || !tellsMuch(technique, length)) {
            return {};
        }
        const bool strong =
            technique != "numeral" && technique != "plural" && technique != "insertion" && technique != "substitution";
        return Imitation{std::string(target), technique, strong};
    }
    const auto a = parts(name);
    const auto b = parts(target);
    if (target.size() < 9 || name.front() != target.front() || a.size() != b.size()) {
        return {};
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto edits = a[i] == b[i] ? 0 : distance(a[i], b[i]);
        if (edits > 0 && (edits > 2 || b[i].size() < 8)) {
            return {};
        }
    }
    return Imitation{std::string(target), "two-edits", false};
}

bool isPopular(std::string_view name)
{
    const auto names = popular();
    return std::binary_search(names.begin(), names.end(), name);
}

// python-requests, numpy-python, pynumpy, requests-dev: a popular name with something added that says nothing.
std::optional<Imitation> byAffix(std::string_view name)
{
    static constexpr std::array<std::string_view, 4> before{"python-", "python3-", "py-", "python"};
    static constexpr std::array<std::string_view, 4> after{"-python", "-python3", "-py", "-py3"};
    static constexpr std::array<std::string_view, 12> combined{"-darwin-lite", "-official", "-lite", "-latest",
        "-install", "-installer", "-setup", "-update", "-fix", "-fixed", "-security", "-stable"};
    const auto strip = [&](std::string_view rest, std::string_view technique) -> std::optional<Imitation> {
        return rest.size() >= 4 && isPopular(rest) ? std::optional(Imitation{std::string(rest), technique, false})
                                                   : std::nullopt;
    };
    for (const auto affix : before) {
        if (name.starts_with(affix)) {
            if (auto hit = strip(name.substr(affix.size()), "prefix")) {
                return hit;
            }
        }
    }
    for (const auto affix : after) {
        if (name.ends_with(affix)) {
            if (auto hit = strip(name.substr(0, name.size() - affix.size()), "suffix")) {
                return hit;
            }
        }
    }
    for (const auto affix : combined) {
        if (name.ends_with(affix)) {
            if (auto hit = strip(name.substr(0, name.size() - affix.size()), "combosquatting")) {
                return hit;
            }
        }
    }
    return {};
}

// nmap-python for python-nmap; opencvpython for opencv-python.
std::optional<Imitation> byOrder(std::string_view name)
{
    auto list = parts(name);
    if (list.size() < 2 || list.size() > 4) {
        return {};
    }
    std::sort(list.begin(), list.end());
    do {
        std::string other;
        for (const auto part : list) {
            other += (other.empty() ? "" : "-") + std::string(part);
        }
        if (other != name && isPopular(other)) {
            return Imitation{other, "word-order", true};
        }
    } while (std::next_permutation(list.begin(), list.end()));
    return {};
}

// Letters of other scripts (and full-width ones) that look like ASCII.
std::string asciiOf(std::string_view name)
{
    static constexpr std::array<std::pair<std::string_view, char>, 26> table{{{"\u0430", 'a'}, {"\u0435", 'e'},
        {"\u043e", 'o'}, {"\u0440", 'p'}, {"\u0441", 'c'}, {"\u0443", 'y'}, {"\u0445", 'x'}, {"\u0456", 'i'},
        {"\u0455", 's'}, {"\u0458", 'j'}, {"\u0501", 'd'}, {"\u04bb", 'h'}, {"\u051b", 'q'}, {"\u051d", 'w'},
        {"\u043a", 'k'}, {"\u043c", 'm'}, {"\u0442", 't'}, {"\u03bf", 'o'}, {"\u03b1", 'a'}, {"\u03bd", 'v'},
        {"\u03c1", 'p'}, {"\u03b9", 'i'}, {"\u0131", 'i'}, {"\u0261", 'g'}, {"\u2010", '-'}, {"\u2011", '-'}}};
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        const auto rest = name.substr(at);
        const auto row =
            std::find_if(table.begin(), table.end(), [rest](const auto& r) { return rest.starts_with(r.first); });
        if (row != table.end()) {
            out.push_back(row->second);
            at += row->first.size();
        } else {
            out.push_back(name[at++]);
        }
    }
    return out;
}

} // namespace

std::optional<Imitation> imitates(std::string_view name)
{
    if (name.size() < 3 || name.size() > longestName || isRealName(name)) {
        return {};
    }
    if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
        const auto plain = asciiOf(name);
        return isPopular(plain) ? std::optional(Imitation{plain, "foreign-letters", true}) : std::nullopt;
    }
    if (auto hit = byOrder(name)) {
        return hit;
    }
    // Two letters that look like one: rn for m, vv for w.
    for (const auto& [pair, letter] :
        {std::pair{std::string_view("rn"), "m"}, std::pair{std::string_view("vv"), "w"}}) {
        if (const auto at = name.find(pair); at != std::string_view::npos) {
            auto plain = std::string(name.substr(0, at)) + letter + std::string(name.substr(at + 2));
            if (isPopular(plain)) {
                return Imitation{std::move(plain), "homoglyph", true};
            }
        }
    }
    std::optional<Imitation> best;
    for (const auto target : popular()) {
        if (target.size() > name.size() + 2 || name.size() > target.size() + 2) {
            continue;
        }
        auto hit = byEdit(name, target);
        if (hit && hit->strong) {
            return hit;
        }
        if (hit && (!best || best->technique == "two-edits")) {
            best = std::move(hit);
        }
    }
    return best ? best : byAffix(name);
}

std::string_view explain(std::string_view technique)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 17> table{{
        {"omission", "a letter is left out"},
        {"repetition", "a letter is doubled"},
        {"transposition", "two letters change places"},
        {"insertion", "a letter is added"},
        {"substitution", "a letter is replaced"},
        {"homoglyph", "a letter is replaced by one that looks like it"},
        {"keyboard", "a letter is replaced by its neighbour on the keyboard"},
        {"vowel", "a vowel is replaced by another"},
        {"numeral", "a digit is added, changed or left out"},
        {"plural", "an s is added or left out"},
        {"separator", "a hyphen is added or left out"},
        {"two-edits", "two letters differ"},
        {"prefix", "a word that says nothing stands before it"},
        {"suffix", "a word that says nothing stands behind it"},
        {"combosquatting", "a word that sounds official stands behind it"},
        {"word-order", "its words change places"},
        {"foreign-letters", "letters of another script stand in for ASCII ones"},
    }};
    const auto row =
        std::find_if(table.begin(), table.end(), [technique](const auto& r) { return r.first == technique; });
    return row == table.end() ? std::string_view{} : row->second;
}

} // namespace cupel::rules::dependencies
