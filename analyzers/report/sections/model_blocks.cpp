// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/sections/model_blocks.h"

#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"

#include <algorithm>
#include <limits>

namespace cupel::report::models {

namespace {

// One part of a file, with the words and anchors that tell it from the others.
class PartWriter {
public:
    PartWriter(std::string member, const std::string& anchor, const ModelBrief& brief, Section& section)
        : m_member(std::move(member))
        , m_anchor(anchor)
        , m_brief(brief)
        , m_section(section)
    {
    }

    void write()
    {
        program();
        names();
        loaders();
        tensors();
        fields("Metadata", "metadata", {"Key", "Value"}, m_brief.metadata, m_brief.metadataCount);
        fields("Operators", "operators", {"Operator", "Times"}, m_brief.operators, m_brief.operatorCount);
        fields("What it points to", "references", {"What", "Where"}, m_brief.references, m_brief.referenceCount);
        if (m_brief.blind) {
            say("Texts of this file are not shown, because it holds something that must not be and its bytes were not "
                "kept.",
                Paragraph::Tone::Muted);
        }
    }

private:
    void heading(const std::string& title, std::string_view anchor)
    {
        m_section.blocks.emplace_back(Heading{3, title, m_anchor + '-' + std::string(anchor), m_member, -1});
    }

    void say(std::string text, Paragraph::Tone tone = Paragraph::Tone::Small)
    {
        m_section.blocks.emplace_back(Paragraph{std::move(text), tone});
    }

    void tellRest(std::uint64_t all, std::size_t shown)
    {
        if (all > shown) {
            say("\u2026 and " + grouped(all - shown) + " more.", Paragraph::Tone::Muted);
        }
    }

    void program()
    {
        if (!m_brief.isProgram) {
            return;
        }
        heading("What loading would do", "program");
        say("A pickle of protocol " + std::to_string(m_brief.protocol) + ": "
            + counted(m_brief.streams, "stream", "streams") + ", " + counted(m_brief.opcodes, "opcode", "opcodes")
            + ", " + counted(m_brief.calls, "call", "calls")
            + ". As a program, worked out without running it; the number of a line is its place in the file.");
        Code code;
        code.severity = static_cast<int>(Severity::High);
        for (const auto& line : m_brief.program) {
            if (line.text.empty() && line.leftOut > 0) {
                code.lines.push_back(
                    {"\u2026", "# " + counted(line.leftOut, "line is", "lines are") + " left out here", {}});
                continue;
            }
            code.lines.push_back({line.at > 0 || code.lines.empty() ? std::to_string(line.at) : std::string(),
                line.text, line.loud ? std::vector<ByteRange>{{0, line.text.size()}} : std::vector<ByteRange>{}});
        }
        if (!code.lines.empty()) {
            m_section.blocks.emplace_back(std::move(code));
        }
    }

    void names()
    {
        if (m_brief.names.empty()) {
            return;
        }
        heading("Names it asks for", "names");
        const auto derived = m_brief.derivedNames == 0 ? std::string()
                                                       : " (" + grouped(m_brief.derivedNames)
                + (m_brief.derivedNames == 1 ? " of them is got from another" : " of them are got from others")
                + " while loading)";
        say(counted(m_brief.nameCount, "name", "names") + derived + ", "
            + (m_brief.unknownNames == 0 ? std::string("all of them known to be harmless as they are used.")
                                         : grouped(m_brief.unknownNames) + (m_brief.unknownNames == 1 ? " is" : " are")
                        + " not known to be harmless."));
        Table table{{"Name", "Judged", "Times"}, {}, {8, 5, 2}, {}};
        for (const auto& name : m_brief.names) {
            table.rows.push_back({name.path, name.judged, grouped(name.count)});
        }
        m_section.blocks.emplace_back(std::move(table));
        tellRest(m_brief.nameCount, m_brief.names.size());
    }

    void loaders()
    {
        if (m_brief.loaders.empty()) {
            return;
        }
        heading("What loaders do with it", "loaders");
        Table table{{"Loader", "Does", "Why"}, {}, {7, 2, 7}, {}};
        for (const auto& loader : m_brief.loaders) {
            table.rows.push_back({loader.name, loader.verdict, loader.why});
        }
        m_section.blocks.emplace_back(std::move(table));
    }

    void tensors()
    {
        if (m_brief.tensorCount == 0) {
            return;
        }
        heading("Tensors", "tensors");
        say(counted(m_brief.tensorCount, "tensor", "tensors") + ", "
            + (m_brief.parameterCount == std::numeric_limits<std::uint64_t>::max()
                    ? std::string("more numbers than can be counted.")
                    : counted(m_brief.parameterCount, "number", "numbers") + '.')
            + (m_brief.typedTensors < m_brief.tensorCount
                    ? " The first " + grouped(m_brief.typedTensors) + " were listed and are counted by type."
                    : std::string()));
        Table types{{"Type", "Tensors", "Numbers", "Bytes"}, {}, {3, 2, 3, 3}, {}};
        for (const auto& type : m_brief.types) {
            types.rows.push_back({type.dtype, grouped(type.count), grouped(type.parameters), grouped(type.bytes)});
        }
        m_section.blocks.emplace_back(std::move(types));
        tellRest(m_brief.typeCount, m_brief.types.size());
        const bool elsewhere = std::any_of(
            m_brief.tensors.begin(), m_brief.tensors.end(), [](const auto& one) { return !one.storedIn.empty(); });
        Table table{{"Name", "Type", "Shape"}, {}, {8, 2, 4}, {}};
        if (elsewhere) {
            table.header.emplace_back("Stored in");
            table.weights.push_back(4);
        }
        for (const auto& tensor : m_brief.tensors) {
            table.rows.push_back({tensor.name, tensor.dtype, tensor.shape});
            if (elsewhere) {
                table.rows.back().push_back(tensor.storedIn.empty() ? std::string("here") : tensor.storedIn);
            }
        }
        m_section.blocks.emplace_back(std::move(table));
        tellRest(m_brief.tensorCount, m_brief.tensors.size());
    }

    void fields(const char* title, std::string_view anchor, std::vector<std::string> header,
        const std::vector<ModelBrief::Field>& list, std::uint64_t all)
    {
        if (list.empty()) {
            return;
        }
        heading(title, anchor);
        Table table{std::move(header), {}, {4, 9}, {false, false}};
        for (const auto& field : list) {
            table.rows.push_back({field.key, field.value});
        }
        m_section.blocks.emplace_back(std::move(table));
        tellRest(all, list.size());
    }

    std::string m_member;
    const std::string& m_anchor;
    const ModelBrief& m_brief;
    Section& m_section;
};

} // namespace

ModelBriefPtr Briefs::of(const Analysis& analysis)
{
    const auto& path = analysis.artifact.path;
    if (const auto given = m_given.find(path); given != m_given.end()) {
        return given->second;
    }
    const auto [entry, isNew] = m_made.try_emplace(path);
    if (isNew) {
        entry->second = modelBrief(analysis);
    }
    return entry->second;
}

std::string memberOf(const ModelWhole& whole, const Analysis& part)
{
    const std::string& path = part.artifact.path;
    const auto start = whole.file().artifact.path.size() + 1;
    return &part == &whole.file() || path.size() <= start ? std::string() : oneLine(path.substr(start));
}

std::string kindOf(const Analysis& analysis, const ModelBrief* brief)
{
    if (brief != nullptr && !brief->kind.empty()) {
        return brief->kind;
    }
    return analysis.facts.format.empty() ? "unknown" : formatOf(analysis);
}

void addPart(
    const ModelWhole& whole, const Analysis& part, const ModelBrief& brief, const std::string& anchor, Section& section)
{
    PartWriter(memberOf(whole, part), anchor, brief, section).write();
}

} // namespace cupel::report::models
