// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/suggest.h"

#include <algorithm>
#include <utility>

namespace cupel::cli {

namespace {

constexpr std::size_t longestWord = 256;

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

// Optimal string alignment: insert, delete, replace, swap two neighbours.
std::size_t distance(const std::string& a, const std::string& b)
{
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::vector<std::size_t> next(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        next[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                next[j] = std::min(next[j], before[j - 2] + 1);
            }
        }
        std::swap(before, row);
        std::swap(row, next);
    }
    return row[b.size()];
}

} // namespace

std::size_t editDistance(std::string_view a, std::string_view b)
{
    return distance(lower(a.substr(0, longestWord)), lower(b.substr(0, longestWord)));
}

std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& known)
{
    const std::string wanted = lower(word.substr(0, longestWord));
    std::vector<std::pair<std::size_t, std::string>> scored;
    for (const auto& candidate : known) {
        const std::string other = lower(candidate);
        std::size_t score = distance(wanted, other);
        // Half a word that starts or ends like a known one counts as near too: "comp" for "completions".
        if (wanted.size() >= 3 && other.find(wanted) != std::string::npos) {
            score = std::min<std::size_t>(score, 1);
        }
        if (score <= std::max<std::size_t>(2, wanted.size() / 3) && score < wanted.size()) {
            scored.emplace_back(score, candidate);
        }
    }
    std::stable_sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> best;
    for (const auto& [score, candidate] : scored) {
        if (best.size() < 3 && score <= scored.front().first + 1) {
            best.push_back(candidate);
        }
    }
    return best;
}

std::string didYouMean(std::string_view word, const std::vector<std::string>& known)
{
    std::string out;
    for (const auto& candidate : nearest(word, known)) {
        out += (out.empty() ? "; did you mean '" : ", '") + candidate + "'";
    }
    return out.empty() ? out : out + "?";
}

} // namespace cupel::cli
