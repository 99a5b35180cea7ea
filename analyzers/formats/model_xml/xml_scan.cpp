// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/model_xml/xml_scan.h"

#include <algorithm>

namespace cupel::formats::model_xml {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool endsWord(char c)
{
    return isBlank(c) || c == '>' || c == '/' || c == '=' || c == '<' || c == '[' || c == '?' || c == '"' || c == '\'';
}

} // namespace

bool XmlScan::fail()
{
    m_broken = true;
    m_at = m_text.size();
    return false;
}

bool XmlScan::skipTo(std::string_view end)
{
    const auto found = m_text.find(end, m_at);
    if (found == ByteView::npos) {
        return fail();
    }
    m_at = found + end.size();
    return true;
}

void XmlScan::blanks()
{
    while (m_at < m_text.size() && isBlank(m_text[m_at])) {
        ++m_at;
    }
}

ByteRange XmlScan::word()
{
    const auto start = m_at;
    while (m_at < m_text.size() && !endsWord(m_text[m_at])) {
        ++m_at;
    }
    return {start, m_at};
}

bool XmlScan::quoted(ByteRange& value)
{
    blanks();
    if (m_at >= m_text.size() || (m_text[m_at] != '"' && m_text[m_at] != '\'')) {
        return false;
    }
    const auto end = m_text.find(m_text[m_at], m_at + 1);
    if (end == ByteView::npos) {
        return fail();
    }
    value = {m_at + 1, end};
    m_at = end + 1;
    return true;
}

bool XmlScan::next(XmlEvent& event)
{
    while (m_at < m_text.size()) {
        const auto rest = m_text.substr(m_at);
        event = {};
        event.bytes.start = m_at;
        if (rest.starts_with("<!--")) {
            m_at += 4;
            if (!skipTo("-->")) {
                return false;
            }
        } else if (m_inDocType) {
            if (declaration(event)) {
                event.bytes.end = m_at;
                return true;
            }
            if (m_broken) {
                return false;
            }
        } else if (rest.starts_with("<![CDATA[")) {
            if (!skipTo("]]>")) {
                return false;
            }
        } else if (rest.starts_with("<?")) {
            return instruction(event);
        } else if (rest.starts_with("<!DOCTYPE")) {
            return docType(event);
        } else if (rest.starts_with('<')) {
            return element(event);
        } else {
            m_at = std::min(m_text.find('<', m_at), m_text.size());
            event.kind = XmlEvent::Kind::Text;
            event.bytes.end = m_at;
            return true;
        }
    }
    m_broken = m_broken || m_inDocType;
    return false;
}

bool XmlScan::instruction(XmlEvent& event)
{
    m_at += 2;
    event.kind = XmlEvent::Kind::Instruction;
    event.name = word();
    event.value.start = m_at;
    if (!skipTo("?>")) {
        return false;
    }
    event.value.end = m_at - 2;
    event.bytes.end = m_at;
    return true;
}

bool XmlScan::element(XmlEvent& event)
{
    ++m_at;
    event.kind = XmlEvent::Kind::Open;
    if (m_at < m_text.size() && m_text[m_at] == '/') {
        ++m_at;
        event.kind = XmlEvent::Kind::Close;
    }
    event.name = word();
    if (event.name.empty()) {
        m_broken = true; // a bare sign: read on behind it
    }
    while (true) {
        blanks();
        if (m_at >= m_text.size()) {
            return fail();
        }
        const char c = m_text[m_at];
        if (c == '>' || c == '<') {
            m_broken = m_broken || c == '<';
            m_at += c == '>' ? 1 : 0;
            event.bytes.end = m_at;
            return true;
        }
        if (c == '/') {
            event.empty = true;
            ++m_at;
            continue;
        }
        XmlAttribute attribute;
        attribute.name = word();
        blanks();
        if (attribute.name.empty() || m_at >= m_text.size() || m_text[m_at] != '=') {
            m_broken = true;
            m_at += attribute.name.empty() ? 1 : 0;
            continue;
        }
        ++m_at;
        if (!quoted(attribute.value)) {
            m_broken = true;
            if (m_at >= m_text.size()) {
                return false;
            }
            continue;
        }
        if (event.attributes.size() < mostAttributes) {
            event.attributes.push_back(attribute);
        }
    }
}

// The name and, when there is one, the place of the rest; declarations between brackets follow as events.
bool XmlScan::docType(XmlEvent& event)
{
    m_at += 9;
    blanks();
    event.kind = XmlEvent::Kind::DocType;
    event.name = word();
    while (m_at < m_text.size() && m_text[m_at] != '[' && m_text[m_at] != '>') {
        ByteRange value;
        if (quoted(value)) {
            event.external = true;
            event.value = value;
        } else if (m_at < m_text.size() && m_text[m_at] != '[' && m_text[m_at] != '>') {
            m_at += word().empty() ? 1 : 0;
        }
    }
    if (m_at >= m_text.size()) {
        return fail();
    }
    m_inDocType = m_text[m_at++] == '[';
    event.bytes.end = m_at;
    return true;
}

// True: an entity. False: something else was passed over.
bool XmlScan::declaration(XmlEvent& event)
{
    if (m_text[m_at] == ']') {
        m_inDocType = false;
        return skipTo(">") && false;
    }
    if (!m_text.substr(m_at).starts_with("<!")) {
        ++m_at;
        return false;
    }
    m_at += 2;
    const auto kind = word();
    if (slice(m_text, kind) != "ENTITY") {
        return false; // read on: quotes and signs in it do no harm
    }
    event.kind = XmlEvent::Kind::Entity;
    blanks();
    if (m_at < m_text.size() && m_text[m_at] == '%') {
        event.parameter = true;
        ++m_at;
        blanks();
    }
    event.name = word();
    blanks();
    const auto how = word();
    event.external = slice(m_text, how) == "SYSTEM" || slice(m_text, how) == "PUBLIC";
    if (!quoted(event.value)) {
        return !m_broken;
    }
    if (slice(m_text, how) == "PUBLIC") {
        ByteRange second;
        event.value = quoted(second) ? second : event.value;
    }
    return true;
}

} // namespace cupel::formats::model_xml
