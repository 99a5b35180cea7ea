// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel inspect` of a pickle: what loading would do. Nothing sensitive is shown: every piece of the file that a text
// repeats knows where it comes from.
#include "app/cli/inspection_pickle.h"

#include "app/cli/inspection_loaders.h"

#include "app/cli/inspection_model.h"

#include "analyzers/formats/pickle/disassembly.h"
#include "analyzers/report/writers/text_unicode.h"
#include "analyzers/rules/pickle/names.h"

#include <algorithm>
#include <set>

namespace cupel::cli {

namespace {

using formats::PickleFacts;
using formats::PickleGlobal;
using formats::ShownText;
using report::JsonStream;
using report::printable;

constexpr std::size_t mostTextLines = 100; // of each part, for people

class Writer {
public:
    Writer(const Analysis& analysis, const PickleFacts& facts, JsonStream& json)
        : m_analysis(analysis)
        , m_facts(facts)
        , m_json(json)
    {
    }

    void run(bool opcodes)
    {
        m_json.objectField("pickle");
        int protocol = 0;
        for (const auto& stream : m_facts.streams) {
            protocol = std::max(protocol, stream.protocol);
        }
        m_json.field("protocol", protocol);
        m_json.field("streamCount", m_facts.streamCount);
        m_json.field("opcodeCount", m_facts.opcodeCount);
        streams();
        globals();
        calls();
        changes();
        oddities();
        loadersJson(shownLoaders(m_analysis), m_json);
        program();
        tree();
        modelJson(m_analysis, m_json);
        if (opcodes) {
            disassembly();
        }
        m_json.endObject();
    }

private:
    [[nodiscard]] std::string shown(const ShownText& text) const
    {
        return formats::withoutSensitive(text, m_analysis.sensitive);
    }

    [[nodiscard]] std::string path(const PickleGlobal& global, const std::string& text) const
    {
        ShownText out{text, {}};
        for (const auto source : global.sources.empty() ? std::vector{global.bytes} : global.sources) {
            out.quotes.push_back({source, 0, static_cast<std::uint32_t>(text.size())});
        }
        return shown(out);
    }

    void range(ByteRange bytes)
    {
        m_json.field("offset", bytes.start);
        m_json.field("end", bytes.end);
    }

    void streams()
    {
        m_json.arrayField("streams");
        for (const auto& stream : m_facts.streams) {
            m_json.beginObject();
            range(stream.bytes);
            m_json.field("protocol", stream.protocol);
            m_json.field("opcodes", stream.opcodes);
            m_json.field("stopped", stream.stopped);
            if (!stream.stopped) {
                m_json.field("problem", stream.problem);
                m_json.field("problemAt", stream.problemAt);
            }
            if (stream.framedReading) {
                m_json.field("framedReading", true);
            }
            m_json.endObject();
        }
        m_json.endArray();
    }

    void globals()
    {
        m_json.arrayField("globals");
        std::set<std::string> told;
        for (const auto& global : m_facts.globals) {
            if (global.resolved && told.insert(global.path()).second) {
                m_json.string(path(global, global.path()));
            }
        }
        m_json.endArray();
        m_json.arrayField("imports");
        for (const auto& global : m_facts.globals) {
            m_json.beginObject();
            m_json.field("module", path(global, global.module));
            m_json.field("name", path(global, global.name));
            if (!global.written.empty()) {
                m_json.field("written", path(global, global.written));
            }
            m_json.field("how", toString(global.how));
            m_json.field("resolved", global.resolved);
            m_json.field("verdict", toString(rules::pickle::judge(global).kind));
            range(global.bytes);
            m_json.field("count", global.count);
            m_json.endObject();
        }
        m_json.endArray();
    }

    void calls()
    {
        m_json.field("callCount", m_facts.callCount);
        m_json.arrayField("calls");
        for (const auto& call : m_facts.calls) {
            m_json.beginObject();
            m_json.field("callable", shown(call.callable));
            m_json.arrayField("arguments");
            for (const auto& argument : call.shown) {
                m_json.string(shown(argument));
            }
            m_json.endArray();
            range(call.bytes);
            m_json.field("how", call.how);
            m_json.field("count", call.count);
            m_json.endObject();
        }
        m_json.endArray();
    }

    void changes()
    {
        m_json.arrayField("changes");
        for (const auto& change : m_facts.changes) {
            m_json.beginObject();
            m_json.field("statement", shown(change.shown));
            m_json.field("foreign", change.foreign);
            range(change.bytes);
            m_json.field("count", change.count);
            m_json.endObject();
        }
        m_json.endArray();
    }

    void oddities()
    {
        m_json.arrayField("oddities");
        for (const auto& odd : m_facts.oddities) {
            m_json.beginObject();
            m_json.field("code", odd.code);
            m_json.field("detail", odd.detail);
            range(odd.bytes);
            m_json.field("count", odd.count);
            m_json.endObject();
        }
        m_json.endArray();
    }

    void program()
    {
        std::string text;
        for (const auto& line : m_facts.program) {
            text += shown(line.text) + '\n';
        }
        const auto more = m_facts.programLines - std::min<std::uint64_t>(m_facts.programLines, m_facts.program.size());
        text += more > 0 ? "# " + report::counted(more, "line") + " more\n" : "";
        m_json.field("program", text);
    }

    void tree()
    {
        m_json.arrayField("tree");
        for (const auto& row : m_facts.tree) {
            m_json.beginObject();
            m_json.field("depth", row.depth);
            m_json.field("text", shown(row.text));
            m_json.field("offset", row.at);
            m_json.endObject();
        }
        m_json.endArray();
        m_json.field("treeCut", m_facts.treeCut);
    }

    void disassembly()
    {
        m_json.arrayField("opcodes");
        formats::disassemble(m_analysis.artifact.view(), m_facts, [this](const formats::PickleOpcode& opcode) {
            m_json.beginObject();
            m_json.field("offset", opcode.at);
            m_json.field("name", opcode.name);
            if (!opcode.argument.text.empty()) {
                m_json.field("argument", shown(opcode.argument));
            }
            m_json.endObject();
            return true;
        });
        m_json.endArray();
    }

    const Analysis& m_analysis;
    const PickleFacts& m_facts;
    JsonStream& m_json;
};

void cutNote(std::size_t shown, std::uint64_t all, const report::TextSink& sink)
{
    if (shown < all) {
        sink("    \u2026 " + std::to_string(all - shown) + " more\n");
    }
}

} // namespace

PickleVerdict pickleVerdict(const Analysis& analysis)
{
    PickleVerdict out{analysis.artifact.path, {}, {}};
    const auto answers = shownLoaders(analysis);
    if (!answers.empty()) { // the first is that of pickle.load
        out.verdict = answers.front().verdict;
        out.why = answers.front().why;
    }
    return out;
}

void pickleJson(const Analysis& analysis, bool opcodes, JsonStream& json)
{
    if (const auto* facts = formats::pickleFacts(analysis.facts)) {
        Writer(analysis, *facts, json).run(opcodes);
    }
}

void pickleText(const Analysis& analysis, bool opcodes, const report::Paint& paint, const report::TextSink& sink)
{
    const auto* facts = formats::pickleFacts(analysis.facts);
    if (!facts) {
        return;
    }
    const auto& sensitive = analysis.sensitive;
    sink("  " + paint.dim("streams") + "     " + std::to_string(facts->streamCount) + ", "
        + report::counted(facts->opcodeCount, "opcode") + ", " + report::counted(facts->callCount, "call") + "\n\n  "
        + paint.bold("What loading would do") + "\n");
    std::size_t shown = 0;
    for (const auto& line : facts->program) {
        if (shown >= mostTextLines) {
            break;
        }
        ++shown;
        sink("    " + printable(formats::withoutSensitive(line.text, sensitive)) + "\n");
    }
    cutNote(shown, facts->programLines, sink);
    sink("\n  " + paint.bold("What it makes") + "\n");
    shown = 0;
    for (const auto& row : facts->tree) {
        if (shown >= mostTextLines) {
            break;
        }
        ++shown;
        sink("    " + std::string(std::size_t{2} * row.depth, ' ')
            + printable(formats::withoutSensitive(row.text, sensitive)) + "\n");
    }
    cutNote(shown, facts->tree.size(), sink);
    loadersText(shownLoaders(analysis), "What loaders would do with it", paint, sink);
    if (opcodes) {
        sink("\n  " + paint.bold("Opcodes") + "\n");
        formats::disassemble(analysis.artifact.view(), *facts, [&](const formats::PickleOpcode& opcode) {
            auto place = std::to_string(opcode.at);
            place.insert(0, place.size() < 10 ? 10 - place.size() : 0, ' ');
            auto name = std::string(opcode.name);
            name.resize(std::max<std::size_t>(name.size(), 17), ' ');
            sink("  " + paint.dim(place) + "  " + name
                + printable(formats::withoutSensitive(opcode.argument, sensitive)) + "\n");
            return true;
        });
    }
}

} // namespace cupel::cli
