// SPDX-License-Identifier: GPL-3.0-or-later
// Models as XML: PMML and OpenVINO. What a document type or an inclusion would fetch or blow up when a program reads
// the file, and what the model itself says. PMML 4.4, OpenVINO IR 11.
#include "analyzers/base/budget.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/model_parts.h"
#include "analyzers/formats/model_xml/xml_scan.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <memory>
#include <optional>

namespace cupel::formats::model_xml {

namespace {

using Kind = XmlEvent::Kind;

constexpr std::size_t mostDepth = 512;
constexpr std::uint64_t bomb = 1 << 20; // bytes of one entity, written out
constexpr std::size_t mostEntities = 10'000;

ByteView localName(ByteView name)
{
    const auto colon = name.rfind(':');
    return colon == ByteView::npos ? name : name.substr(colon + 1);
}

// The name of the outermost element, and whether it is one of a model.
bool isModel(ByteView head)
{
    const auto start = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    if (start == ByteView::npos || head[start] != '<') {
        return false;
    }
    XmlScan scan(head, start);
    XmlEvent event;
    for (unsigned i = 0; i < 2'000 && scan.next(event); ++i) {
        if (event.kind == Kind::Open) {
            const auto name = localName(slice(head, event.name));
            return name == "PMML"
                || (name == "net"
                    && (head.find("<layers") != ByteView::npos || head.find("<layer ") != ByteView::npos));
        }
    }
    return false;
}

std::optional<std::uint64_t> wholeNumber(ByteView text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

class Reader {
public:
    Reader(ByteView text, std::uint64_t start, Budget& budget, Facts& out, ModelContent& model)
        : m_text(text)
        , m_scan(text, start)
        , m_budget(budget)
        , m_out(out)
        , m_model(model)
        , m_parts(text, out, model)
    {
    }

    void run()
    {
        XmlEvent event;
        while (m_scan.next(event)) {
            if (!m_budget.spend(event.bytes.size() + 16)) {
                noteOnce(m_out, "stopped", "Reading stopped early", event.bytes.start);
                return;
            }
            look(event);
        }
        codeTexts();
        if (m_scan.broken() || !m_open.empty() || m_mismatch) {
            m_model.addFlaw("xml-broken", {m_text.size(), m_text.size()});
            noteOnce(m_out, "xml-broken", "The XML is not well formed", m_text.size());
        }
    }

private:
    // Models hold numbers and names; a call in a comment or an extension is meant for somebody else.
    void codeTexts()
    {
        constexpr std::string_view calls[] = {"os.system(", "os.popen(", "subprocess.", "__import__(", "eval(", "exec(",
            "<script", "powershell", "Runtime.getRuntime", "ProcessBuilder", "cmd.exe", "/bin/sh", "| sh", "| bash"};
        for (const auto call : calls) {
            if (const auto at = m_text.find(call); at != ByteView::npos) {
                m_parts.flaw("xml-code", {at, at + call.size()});
            }
        }
    }

    void look(const XmlEvent& event)
    {
        switch (event.kind) {
        case Kind::Open:
            open(event);
            break;
        case Kind::Close:
            close(event);
            break;
        case Kind::Entity:
            entity(event);
            break;
        case Kind::DocType:
            m_model.addFlaw("xml-document-type", event.bytes);
            if (event.external) {
                m_parts.flaw("xml-external-type", event.value);
                m_parts.pointTo("document type", event.value);
            }
            break;
        case Kind::Instruction:
            instruction(event);
            break;
        case Kind::Text:
            break;
        }
    }

    void instruction(const XmlEvent& event)
    {
        const auto name = slice(m_text, event.name);
        const auto value = slice(m_text, event.value);
        if (name == "xml-stylesheet") {
            m_parts.flaw("xml-style", event.value);
        } else if (name == "xml") {
            auto at = value.find("encoding");
            at = at == ByteView::npos ? at : value.find_first_of("\"'", at);
            const auto end = at == ByteView::npos ? at : value.find(value[at], at + 1);
            const auto encoding = end == ByteView::npos ? ByteView("UTF-8") : value.substr(at + 1, end - at - 1);
            std::string upper(encoding.substr(0, 40));
            std::transform(upper.begin(), upper.end(), upper.begin(),
                [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
            if (!upper.starts_with("UTF-8") && !upper.starts_with("UTF-16") && !upper.starts_with("ISO-8859-")
                && !upper.starts_with("WINDOWS-125") && !upper.ends_with("ASCII") && upper != "UTF8") {
                m_parts.flaw("xml-encoding", {event.value.start + at + 1, event.value.start + end});
                noteOnce(m_out, "xml-encoding", "The text is written in an encoding that was not decoded",
                    event.value.start);
            }
        }
    }

    // What it would be written out, counted without writing it.
    void entity(const XmlEvent& event)
    {
        if (event.external) {
            m_parts.flaw("xml-external-entity", event.value);
            m_parts.pointTo("entity", event.value);
            return;
        }
        if (event.parameter) {
            m_parts.flaw("xml-parameter-entity", event.name);
        }
        const auto value = slice(m_text, event.value);
        std::uint64_t size = value.size();
        for (auto at = value.find('&'); at != ByteView::npos; at = value.find('&', at + 1)) {
            const auto end = value.find_first_of("&;", at + 1); // no name holds another sign that begins one
            const bool closed = end != ByteView::npos && value[end] == ';';
            const auto name = value.substr(at + 1, closed ? end - at - 1 : 0);
            const auto known = m_entities.find(name);
            size += known != m_entities.end() ? known->second : 0;
            size = std::min(size, std::numeric_limits<std::uint64_t>::max() / 4);
            if (name == slice(m_text, event.name)) {
                size = bomb + 1; // it holds itself
            }
        }
        if (m_entities.size() < mostEntities) {
            m_entities.emplace(slice(m_text, event.name), size);
        } else {
            m_model.addFlaw("xml-bomb", event.bytes, "more entities than can be kept");
        }
        if (size > bomb) {
            m_model.addFlaw("xml-bomb", event.bytes, std::to_string(size) + " bytes");
        }
    }

    void open(const XmlEvent& event)
    {
        const auto name = localName(slice(m_text, event.name));
        if (m_open.empty()) {
            m_isPmml = name == "PMML";
            m_model.kind = m_isPmml ? "PMML" : "OpenVINO";
            if (const auto version = attribute(event, "version"); !version.empty()) {
                m_model.kind += ' ' + toDisplay(slice(m_text, version), 20);
            }
        }
        for (const auto& one : event.attributes) {
            if (slice(m_text, one.value) == "http://www.w3.org/2001/XInclude"
                || (name == "include" && slice(m_text, one.name) == "href")) {
                m_parts.flaw("xml-include", one.value);
                m_parts.pointTo("included file", one.value);
            }
        }
        if (m_isPmml) {
            pmml(name, event);
        } else {
            openVino(name, event);
        }
        if (!event.empty && m_open.size() < mostDepth) {
            m_open.push_back(event.name);
        } else if (!event.empty) {
            m_tooDeep = m_tooDeep || (m_model.addFlaw("xml-too-deep", event.bytes, std::to_string(mostDepth)), true);
            ++m_beyond;
        }
    }

    void close(const XmlEvent& event)
    {
        if (m_beyond > 0) {
            --m_beyond;
        } else if (!m_open.empty()) {
            m_mismatch = m_mismatch || slice(m_text, m_open.back()) != slice(m_text, event.name);
            m_open.pop_back();
        } else {
            m_mismatch = true;
        }
    }

    [[nodiscard]] ByteRange attribute(const XmlEvent& event, std::string_view name) const
    {
        for (const auto& one : event.attributes) {
            if (slice(m_text, one.name) == name) {
                return one.value;
            }
        }
        return {};
    }

    void pmml(ByteView name, const XmlEvent& event)
    {
        if (name == "Application") {
            const auto made = attribute(event, "name");
            m_model.producer = toDisplay(slice(m_text, made), 80);
            m_parts.field("application", made);
        } else if (name == "Header") {
            m_parts.field("copyright", attribute(event, "copyright"));
        } else if (name.ends_with("Model") || name == "Scorecard" || name == "RuleSet" || name == "MiningBuildTask") {
            m_parts.useOperator(name, {}, event.name);
        } else if (name == "Apply") {
            const auto function = attribute(event, "function");
            m_parts.useOperator(slice(m_text, function), "function", function.empty() ? event.name : function);
        }
    }

    void openVino(ByteView name, const XmlEvent& event)
    {
        if (name == "layer") {
            m_layer = attribute(event, "name");
            const auto type = attribute(event, "type");
            const auto version = attribute(event, "version");
            const auto set = slice(m_text, version);
            const bool own =
                !version.empty() && !set.starts_with("opset") && set != "experimental" && set != "ie_internal_opset";
            m_isConst = slice(m_text, type) == "Const";
            m_parts.useOperator(slice(m_text, type), own ? set : ByteView(), type.empty() ? event.name : type);
            if (own) {
                m_parts.flaw("openvino-extension", type.empty() ? event.name : type);
            }
        } else if (name == "data" && m_isConst) {
            constant(event);
        }
    }

    // A part of the file with the weights.
    void constant(const XmlEvent& event)
    {
        const auto offset = wholeNumber(slice(m_text, attribute(event, "offset")));
        const auto size = wholeNumber(slice(m_text, attribute(event, "size")));
        constexpr std::uint64_t largest = std::uint64_t{1} << 53;
        const bool fits = offset && size && *offset <= largest && *size <= largest;
        std::vector<std::uint64_t> shape;
        const auto written = slice(m_text, attribute(event, "shape"));
        for (std::size_t at = 0; at < written.size() && shape.size() < 64;) {
            const auto end = std::min(written.find(',', at), written.size());
            auto part = written.substr(at, end - at);
            part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
            shape.push_back(wholeNumber(part).value_or(0));
            at = end + 1;
        }
        const auto type = slice(m_text, attribute(event, "element_type"));
        const auto digits = type.find_first_of("0123456789");
        const auto bits = type == "boolean" ? 8
            : digits == ByteView::npos      ? 0
                                            : wholeNumber(type.substr(digits)).value_or(0);
        const auto count = elementCount(shape);
        const bool sized = fits && bits > 0 && bits <= 128 && count <= largest / 16;
        if (!fits || (sized && (count * bits + 7) / 8 != *size)) {
            m_model.addFlaw("openvino-range", event.bytes, m_parts.quoted(m_layer), {m_layer});
        }
        m_model.add(
            {toDisplay(slice(m_text, m_layer), 200), toDisplay(type, 20), std::move(shape), {}, "weights (.bin)"});
    }

    ByteView m_text;
    XmlScan m_scan;
    Budget& m_budget;
    Facts& m_out;
    ModelContent& m_model;
    ModelParts m_parts;
    std::vector<ByteRange> m_open; // names
    std::uint64_t m_beyond = 0; // elements deeper than that
    std::map<ByteView, std::uint64_t> m_entities; // bytes when written out
    ByteRange m_layer;
    bool m_isPmml = false;
    bool m_isConst = false;
    bool m_mismatch = false;
    bool m_tooDeep = false;
};

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    return isModel(HeadText(head).view()) ? 75 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto start = openText(artifact, out);
    const auto text = out.text(artifact);
    auto model = std::make_shared<ModelContent>();
    model->kind = "XML";
    out.model = model;
    out.coverage = {artifact.view().size(), artifact.view().size()};
    Region region;
    region.bytes = {start, text.size()};
    region.part = Part::Source;
    out.regions.push_back(region);
    Reader(text, start, budget, out, *model).run();
}

} // namespace cupel::formats::model_xml
