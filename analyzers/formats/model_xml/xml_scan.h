// SPDX-License-Identifier: GPL-3.0-or-later
// XML in one pass, without resolving anything: elements with their attributes, and what a document type declares.
// Nothing of it is expanded or fetched. XML 1.0, fifth edition.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cupel::formats::model_xml {

struct XmlAttribute {
    ByteRange name;
    ByteRange value; // inside the quotes
};

struct XmlEvent {
    enum class Kind : std::uint8_t { Open, Close, Instruction, Entity, DocType, Text };
    Kind kind = Kind::Text;
    ByteRange bytes; // of the whole
    ByteRange name;
    std::vector<XmlAttribute> attributes; // of Open; at most mostAttributes
    bool empty = false; // Open: closed at once
    bool external = false; // Entity, DocType: stands elsewhere
    bool parameter = false; // Entity: of the declarations themselves
    ByteRange value; // Entity: its text, or where it stands
};

class XmlScan {
public:
    static constexpr std::size_t mostAttributes = 1'000;

    XmlScan(ByteView text, std::uint64_t start)
        : m_text(text)
        , m_at(start)
    {
    }
    [[nodiscard]] bool next(XmlEvent& event); // false at the end
    [[nodiscard]] bool broken() const { return m_broken; } // something did not end
    [[nodiscard]] std::uint64_t at() const { return m_at; }

private:
    bool fail();
    bool skipTo(std::string_view end);
    bool instruction(XmlEvent& event);
    bool element(XmlEvent& event);
    bool docType(XmlEvent& event);
    bool declaration(XmlEvent& event);
    void blanks();
    ByteRange word();
    bool quoted(ByteRange& value);

    ByteView m_text;
    std::uint64_t m_at = 0;
    bool m_inDocType = false;
    bool m_broken = false;
};

} // namespace cupel::formats::model_xml
