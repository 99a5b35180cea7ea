// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a decoded text over a place of an artifact the way that place writes text: inside JSON strings and lists of
// them, as an entity in HTML, quoted where code or JSON has a bare value. Keeps what it learnt about a region, so that
// a thousand places in one cost one look at it. Lives as long as the artifact's text.
#pragma once

#include "analyzers/fixes/raw_edit.h"
#include "analyzers/model/facts.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::fixes {

class PlaceWriter {
public:
    PlaceWriter(ByteView artifactText, const Facts& facts);

    // The text that stands at `place`, escapes undone.
    [[nodiscard]] std::string valueAt(ByteRange place);
    // A name for the value at `place`: quoted where a bare value stood, written as entities where HTML is read.
    [[nodiscard]] std::vector<RawEdit> putName(ByteRange place, std::string_view name);
    // Decoded text as it is, with the escapes of the place only: for edits that a rule worked out.
    [[nodiscard]] std::vector<RawEdit> putText(ByteRange place, std::string_view decoded);
    // The same over a long place as one edit: strings of a list that it touches become one. Only inside JSON strings.
    [[nodiscard]] std::vector<RawEdit> putAcross(ByteRange place, std::string_view decoded);
    [[nodiscard]] const Region* regionAt(ByteRange place) const;

private:
    struct Known { // of one region
        std::vector<ByteRange> strings; // insides of its JSON strings
        std::vector<ByteRange> bare; // names and numbers of Python code, in the artifact's text
        struct Literal {
            ByteRange whole;
            ByteRange content; // between the quotes
        };
        std::vector<Literal> literals; // strings of Python code
        std::vector<ByteRange> scripts; // of HTML
        std::vector<ByteRange> codeSpans; // of Markdown
        bool read = false;
    };
    const Known& know(const Region& region);
    void readStrings(const Region& region, Known& known) const;
    void readCode(const Region& region, Known& known) const;
    // A range over several literals becomes one over whole ones, to be written as a literal of its own.
    static bool widenToLiterals(const Known& known, ByteRange& place);
    std::vector<ByteRange> pieces(ByteRange place, const Region* region, bool& bareValue);
    [[nodiscard]] bool inScript(ByteRange place, const Region& region);
    [[nodiscard]] bool inCodeSpan(ByteRange place, const Region& region);
    [[nodiscard]] std::string commentPrefix(ByteRange place, const Region& region) const;
    [[nodiscard]] std::string plainText(ByteRange place, const Region& region);
    // Whether a shell reads the place as it stands, outside of quotes.
    [[nodiscard]] bool isBareInShell(ByteRange place, const Region& region);
    [[nodiscard]] static std::string asShellWord(std::string_view name);
    std::vector<RawEdit> put(ByteRange place, std::string_view decoded, bool name);

    ByteView m_text;
    const Facts& m_facts;
    std::vector<const Region*> m_regions; // by start
    std::map<const Region*, Known> m_known;
};

// `text` as the inside of a JSON string; ASCII controls, quotes and backslashes are escaped, the rest stays UTF-8.
[[nodiscard]] std::string jsonEscaped(std::string_view text);

} // namespace cupel::fixes
