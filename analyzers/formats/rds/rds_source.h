// SPDX-License-Identifier: GPL-3.0-or-later
// The three ways R writes numbers and texts when it serialises: big-endian ("X"), the machine's own ("B"), words on
// lines ("A").
#pragma once

#include "analyzers/formats/wire.h"

#include <cstdint>

namespace cupel::formats::rds {

class Source {
public:
    enum class Form : std::uint8_t { Xdr, Native, Ascii };

    explicit Source(Wire& wire)
        : m_wire(wire)
    {
    }
    void setForm(Form form) { m_form = form; }
    void setBigEndian(bool big) { m_bigEndian = big; }

    [[nodiscard]] bool integer(std::int64_t& value);
    // Counts of vectors: -1 announces two halves. False: negative, or more than the file has room for.
    [[nodiscard]] bool length(unsigned width, std::uint64_t& count);
    [[nodiscard]] bool numbers(std::uint64_t count, unsigned width); // passes them
    [[nodiscard]] bool string(std::uint64_t size, ByteRange& place);

private:
    [[nodiscard]] bool word(ByteView& out);

    Wire& m_wire;
    Form m_form = Form::Xdr;
    bool m_bigEndian = true;
};

} // namespace cupel::formats::rds
