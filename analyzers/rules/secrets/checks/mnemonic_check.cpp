// SPDX-License-Identifier: GPL-3.0-or-later
// Wallet seed phrases (BIP-39): 12 to 24 words of a fixed list whose last bits are a checksum.
#include "analyzers/base/hash.h"
#include "analyzers/rules/secrets/checks/check_tools.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace cupel::rules::secrets::checks {

namespace {

constexpr char words[2'048][9] = {
#include "bip39_words.inc"
};

// Index of the word; -1 when it is not in the list.
int indexOf(std::string_view word)
{
    const auto* hit = std::lower_bound(std::begin(words), std::end(words), word,
        [](const char* known, std::string_view wanted) { return known < wanted; });
    return hit != std::end(words) && *hit == word ? static_cast<int>(hit - words) : -1;
}

} // namespace

CheckResult bip39Checksum(const CheckInput& input)
{
    std::vector<bool> bits;
    std::size_t count = 0;
    const auto isLetter = [](char c) { return c >= 'a' && c <= 'z'; };
    for (std::size_t at = 0; at < input.secret.size() && count <= 24;) {
        if (!isLetter(input.secret[at])) {
            ++at;
            continue;
        }
        auto end = at;
        while (end < input.secret.size() && isLetter(input.secret[end])) {
            ++end;
        }
        const int index = indexOf(input.secret.substr(at, end - at));
        if (index < 0) {
            return notASecret();
        }
        for (int bit = 10; bit >= 0; --bit) {
            bits.push_back((index >> bit & 1) != 0);
        }
        ++count;
        at = end;
    }
    if (count < 12 || count > 24 || count % 3 != 0) {
        return notASecret();
    }
    const auto checksumBits = bits.size() / 33;
    const auto entropyBits = bits.size() - checksumBits;
    std::string entropy(entropyBits / 8, '\0');
    for (std::size_t i = 0; i < entropyBits; ++i) {
        if (bits[i]) {
            entropy[i / 8] = static_cast<char>(entropy[i / 8] | 0x80 >> (i % 8));
        }
    }
    const auto digest = sha256(entropy);
    for (std::size_t i = 0; i < checksumBits; ++i) {
        if (bits[entropyBits + i] != ((digest[0] >> (7 - i) & 1) != 0)) {
            return notASecret(); // ordinary English made of listed words
        }
    }
    return valid("a seed phrase of " + std::to_string(count) + " words whose checksum is right");
}

} // namespace cupel::rules::secrets::checks
