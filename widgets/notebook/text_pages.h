// SPDX-License-Identifier: GPL-3.0-or-later
// A long region cut into parts that are decoded one at a time: no part needs more than one turn of the event loop.
// Found front to back as far as somebody asks and kept by the document. UI thread.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/model/facts.h"

#include <cstddef>
#include <vector>

namespace cupel::widgets {

// Where a text is cut: after a line end or between two values if one is near, never inside an escape or a character.
class TextPages {
public:
    static constexpr std::size_t pageBytes = 96 << 10; // as they stand in the file

    struct Page {
        ByteRange bytes;
        TextForm form = TextForm::Plain; // a piece of one long string of a list is a string
        int firstLine = 1;
    };

    TextPages(ByteView text, const Region& region);
    [[nodiscard]] const Page& at(std::size_t page); // clipped to the last
    [[nodiscard]] bool has(std::size_t page);
    [[nodiscard]] std::size_t indexOf(std::uint64_t byte); // of the part that holds it
    [[nodiscard]] std::size_t guessedCount() const; // at least what was found so far

private:
    struct Cut {
        std::uint64_t at = 0;
        int lines = 0; // before it, counted from the start of the part
    };
    bool findMore();
    [[nodiscard]] Cut cutPlain(std::uint64_t start) const;
    [[nodiscard]] Cut cutString(std::uint64_t start) const;
    [[nodiscard]] Cut cutValues(std::uint64_t start, bool& inString) const;
    [[nodiscard]] std::uint64_t wholeCharacter(std::uint64_t at) const;

    ByteView m_text;
    TextForm m_form;
    std::uint64_t m_at; // where the next part begins
    std::uint64_t m_end;
    bool m_inString = false; // of a list or value
    int m_line = 1;
    std::vector<Page> m_pages;
};

} // namespace cupel::widgets
