// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/exclusions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>

namespace cupel::rules::secrets {

namespace {

bool isAlnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isBase64(char c)
{
    return isAlnum(c) || c == '+' || c == '/';
}

std::string lower(ByteView text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

// Longest run of one character, and of characters that each follow the one before ("abcdef", "12345", "54321").
std::pair<std::size_t, std::size_t> longestRuns(ByteView text)
{
    std::size_t same = 1;
    std::size_t rising = 1;
    std::size_t bestSame = text.empty() ? 0 : 1;
    std::size_t bestRising = bestSame;
    std::size_t falling = 1;
    for (std::size_t i = 1; i < text.size(); ++i) {
        same = text[i] == text[i - 1] ? same + 1 : 1;
        const bool follows = text[i] == text[i - 1] + 1 || (text[i] == '0' && text[i - 1] == '9');
        rising = follows && isAlnum(text[i]) ? rising + 1 : 1;
        bestSame = std::max(bestSame, same);
        falling = text[i] + 1 == text[i - 1] && isAlnum(text[i]) ? falling + 1 : 1;
        bestRising = std::max({bestRising, rising, falling});
    }
    return {bestSame, bestRising};
}

// Keyboard samples: most characters follow the one before them, or the one two before ("a1b2c3d4").
bool countsUp(std::string_view text)
{
    if (text.size() < 12) {
        return false;
    }
    std::size_t next = 0;
    std::size_t nextButOne = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        next += isAlnum(text[i]) && text[i] == text[i - 1] + 1 ? 1 : 0;
        nextButOne += i > 1 && isAlnum(text[i]) && text[i] == text[i - 2] + 1 ? 1 : 0;
    }
    return std::max(next, nextButOne) * 2 >= text.size();
}

// "password" with digits for letters, as the manuals of databases write it; `text` is in lower case.
bool spellsPassword(std::string text)
{
    if (text.size() > 24) {
        return false;
    }
    constexpr std::string_view from = "0134578@$!";
    constexpr std::string_view to = "oieastbasi";
    for (auto& c : text) {
        if (const auto at = from.find(c); at != std::string_view::npos) {
            c = to[at];
        }
    }
    return text.find("password") != std::string::npos || text.find("passwort") != std::string::npos;
}

bool containsAny(std::string_view text, std::span<const std::string_view> words)
{
    return std::any_of(words.begin(), words.end(),
        [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

constexpr std::array<std::string_view, 15> placeholderWords{"example", "xxxxx", "your_", "your-", "yourkey",
    "yourtoken", "changeme", "change_me", "placeholder", "redacted", "dummy", "insert", "replace", "*****", "....."};
constexpr std::array<std::string_view, 24> genericWords{"password", "passwd", "secret", "token", "api_key", "apikey",
    "api-key", "my_", "my-", "your", "enter", "todo", "sample", "test", "fake", "mock", "none", "null", "undefined",
    "default", "some", "foo", "<", "..."};

} // namespace

double shannonEntropy(ByteView text)
{
    if (text.empty()) {
        return 0;
    }
    std::array<std::uint32_t, 256> counts{};
    for (const char c : text) {
        ++counts[static_cast<unsigned char>(c)];
    }
    double entropy = 0;
    for (const auto count : counts) {
        if (count > 0) {
            const double share = static_cast<double>(count) / static_cast<double>(text.size());
            entropy -= share * std::log2(share);
        }
    }
    return entropy;
}

constexpr std::size_t sampled = 400; // keys of many lines are judged by their first characters

bool isPlaceholder(ByteView secret, bool generic)
{
    const auto head = secret.substr(0, sampled);
    const auto text = lower(head);
    if (secret.size() < sampled && containsAny(text, placeholderWords)) {
        return true;
    }
    if (!generic) {
        return false;
    }
    const auto [same, rising] = longestRuns(head);
    return shannonEntropy(head) < 2.3 || same >= 5 || rising >= 6 || containsAny(text, genericWords);
}

bool looksMadeUp(ByteView secret)
{
    if (secret.size() >= sampled) {
        return false;
    }
    const auto text = lower(secret);
    const auto [same, rising] = longestRuns(text);
    return same >= 8 || rising >= 8 || (rising >= 7 && secret.size() <= 48) || countsUp(text) || spellsPassword(text);
}

bool isSlug(ByteView secret)
{
    constexpr std::string_view separators = "-_/.+~";
    std::size_t words = 0;
    for (std::size_t at = 0; at < secret.size();) {
        const auto end = std::min(secret.find_first_of(separators, at), secret.size());
        const auto piece = secret.substr(at, end - at);
        const auto digits = std::count_if(piece.begin(), piece.end(), [](char c) { return c >= '0' && c <= '9'; });
        const auto upper = std::count_if(piece.begin(), piece.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
        const auto size = static_cast<std::ptrdiff_t>(piece.size());
        const bool number = digits == size && size <= 4;
        const bool word = digits == 0 && (upper * 4 <= size || upper == size);
        if (!number && !word) {
            return false;
        }
        words += word && size >= 3 ? 1 : 0;
        at = end + 1;
    }
    return words >= 3 || (words == 2 && secret.size() <= 24);
}

bool isRandomId(ByteView secret)
{
    constexpr std::string_view widget = "IPY_MODEL_";
    constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (secret.starts_with(widget)) {
        return true;
    }
    if (secret.size() != shape.size()) {
        return false;
    }
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const char c = static_cast<char>(secret[i] | 0x20);
        const bool hex = (secret[i] >= '0' && secret[i] <= '9') || (c >= 'a' && c <= 'f');
        if (shape[i] == '-' ? secret[i] != '-' : !hex) {
            return false;
        }
    }
    return true;
}

bool isSequenceData(ByteView secret)
{
    if (secret.size() < 12) {
        return false;
    }
    const auto only = [&](std::string_view alphabet) { return secret.find_first_not_of(alphabet) == ByteView::npos; };
    return only("ACGTNUacgtnu") || (secret.size() >= 40 && only("ACDEFGHIKLMNPQRSTVWYX"));
}

bool isInsideBlob(ByteView text, ByteRange secret)
{
    constexpr std::uint64_t far = 48;
    // Letters, digits, '+' and '/' without any break on both sides: nobody writes a key like that.
    std::uint64_t before = 0;
    while (before < far && secret.start > before && isBase64(text[secret.start - before - 1])) {
        ++before;
    }
    std::uint64_t after = 0;
    while (after < far && secret.end + after < text.size() && isBase64(text[secret.end + after])) {
        ++after;
    }
    return before + after >= far;
}

bool standsInWords(ByteView text, std::uint64_t at)
{
    constexpr std::uint64_t longestLine = 4'000;
    auto start = text.substr(0, at).find_last_of("\r\n");
    start = start == ByteView::npos ? 0 : start + 1;
    start = std::max<std::uint64_t>(start, at > longestLine ? at - longestLine : 0);
    char quote = '\0';
    for (auto i = start; i < at; ++i) {
        const char c = text[i];
        if (quote != '\0') {
            i += c == '\\' ? 1 : 0;
            quote = c == quote ? '\0' : quote;
        } else if (c == '#' || (c == '/' && i + 1 < at && text[i + 1] == '/')) {
            return true;
        } else if (c == '"' || c == '\'') {
            quote = c;
        }
    }
    return quote != '\0';
}

bool isReference(ByteView secret)
{
    static constexpr std::array<std::string_view, 22> marks{"os.environ", "getenv", "getpass", "environ[",
        "userdata.get", "process.env", "input(", "config[", "config.", "settings.", "secrets.", "secret_manager",
        "vault", "keyring", "ssm:", "kms", "dbutils", "self.", "args.", "{{", "${", "$("};
    return containsAny(secret, marks) || (secret.starts_with('{') && secret.ends_with('}'))
        || (secret.starts_with('<') && secret.ends_with('>')) || (secret.starts_with('$') && secret.size() < 40)
        || (secret.starts_with('%') && secret.ends_with('%'));
}

} // namespace cupel::rules::secrets
