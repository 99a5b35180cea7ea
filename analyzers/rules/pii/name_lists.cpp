// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/name_lists.h"

#include "analyzers/rules/pii/letters.h"
#include "analyzers/rules/pii/names.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

namespace cupel::rules::pii {

namespace {

// Of streets, schools, firms, places and teams that bear the name of somebody. Sorted.
bool isOfThing(std::string_view word)
{
    static constexpr std::array<std::string_view, 72> words{"academy", "airport", "albums", "ave", "avenue", "bank",
        "bay", "beach", "blvd", "bridge", "building", "castle", "center", "central", "centre", "church", "city",
        "clinic", "club", "co", "college", "company", "corp", "county", "creek", "district", "division", "drive", "fc",
        "foundation", "gmbh", "group", "hall", "heights", "high", "hill", "hills", "holdings", "hospital", "hotel",
        "house", "inc", "institute", "international", "island", "lake", "lane", "library", "llc", "ltd", "memorial",
        "mountain", "museum", "park", "plaza", "port", "prize", "rd", "river", "road", "school", "shop", "square",
        "station", "store", "street", "theatre", "tower", "university", "valley", "village", "way"};
    return std::binary_search(words.begin(), words.end(), word);
}

bool namesThing(ByteView text)
{
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find_first_of(" .,", at), text.size());
        if (isOfThing(smallLetters(text.substr(at, end - at)))) {
            return true;
        }
        at = end + 1;
    }
    return isPlaceName(text);
}

ByteView firstWord(ByteView text)
{
    return text.substr(0, text.find_first_of(" .,"));
}

// The part that holds the given names: behind the comma of "Doe, Jane", and behind a title.
ByteView givenPart(ByteView text)
{
    const auto comma = text.find(", ");
    auto part = comma == ByteView::npos ? text : text.substr(comma + 2);
    while (isPersonTitle(firstWord(part))) {
        const auto next = part.find(' ');
        part.remove_prefix(next == ByteView::npos ? part.size() : next + 1);
    }
    return part;
}

} // namespace

bool isFullName(ByteView text)
{
    constexpr std::size_t longest = 60;
    const auto first = text.find(' ');
    const auto last = text.rfind(' ');
    if (text.size() > longest || first == ByteView::npos || !looksLikePerson(text)) {
        return false;
    }
    const auto comma = text.find(", ");
    const auto family = comma == ByteView::npos ? text.substr(last + 1) : text.substr(0, comma);
    return isGivenName(firstWord(givenPart(text))) || isFamilyName(family);
}

bool isMadeAsName(ByteView text)
{
    constexpr std::size_t most = 4;
    std::size_t words = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto nick = text.starts_with('(') ? 1U : 0U; // "Jane (JD) Doe"
        const auto first = end > nick ? static_cast<unsigned char>(text[nick]) : 0;
        const bool letters = text.substr(0, end).find_first_of("0123456789_/\\:=") == ByteView::npos;
        const bool particle = words > 0 && end < text.size() && isNameParticle(text.substr(0, end));
        if (!particle && (!letters || !((first >= 'A' && first <= 'Z') || first >= 0x80) || ++words > most)) {
            return false;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words >= 2;
}

bool areNames(const std::vector<ByteView>& texts)
{
    if (texts.size() < fewestNames) {
        return false;
    }
    std::set<ByteView> different;
    std::size_t names = 0;
    for (const auto text : texts) {
        if (isFullName(text)) {
            ++names;
            different.insert(text);
        }
    }
    return different.size() >= fewestNames && names * 10 >= texts.size() * 6;
}

bool isColumnOfNames(const std::vector<ByteView>& cells)
{
    constexpr std::size_t fewestGiven = 3; // different ones: "Max Depth" and "Max Width" are no two people
    std::set<std::string> given;
    std::size_t made = 0;
    std::size_t begun = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!isMadeAsName(cells[i]) || namesThing(cells[i])) {
            if ((i + 1 - made) * 10 > cells.size() * 2) { // most columns end here, with their first cells
                return false;
            }
            continue;
        }
        ++made;
        const auto first = firstWord(givenPart(cells[i]));
        if (isGivenName(first)) {
            ++begun;
            given.insert(plainLetters(first));
        }
    }
    return given.size() >= fewestGiven && begun * 10 >= cells.size() * 4 && areNames(cells);
}

} // namespace cupel::rules::pii
