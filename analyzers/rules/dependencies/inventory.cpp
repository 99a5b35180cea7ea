// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/dependencies/inventory.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/code/install_constants.h"
#include "analyzers/code/install_lists.h"
#include "analyzers/code/magics.h"
#include "analyzers/code/python_tokens.h"
#include "analyzers/code/requirement_files.h"
#include "analyzers/formats/code_language.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/formats/region_texts.h"

#include <algorithm>
#include <set>

namespace cupel::rules::dependencies {

namespace {

constexpr std::size_t mostImports = 5'000;
constexpr std::size_t mostSaid = 5'000;

// Where the last word that begins an import may stand; 0: nowhere, or there.
std::size_t lastImport(std::string_view code)
{
    const auto lastOf = [code](std::string_view word) {
        const auto at = code.rfind(word);
        return at == std::string_view::npos ? 0 : at;
    };
    return std::max(lastOf("import"), lastOf("from"));
}

bool isLetter(ByteView text, std::size_t at)
{
    return at < text.size() && ((text[at] >= 'a' && text[at] <= 'z') || (text[at] >= 'A' && text[at] <= 'Z'));
}

// Whether a word may be written so that it is not found as it stands: with escapes of JSON, or behind the mark of a
// shell line with quotes and backslashes inside of it, which a shell takes away.
bool mayHideWords(ByteView raw)
{
    if (raw.find("\\u") != ByteView::npos) {
        return true;
    }
    const auto mark = findOneOf<'!', '%'>(raw);
    for (auto at = findOneOf<'\'', '\\', '"'>(raw, std::min(mark, raw.size())); at != ByteView::npos;
        at = findOneOf<'\'', '\\', '"'>(raw, at)) {
        const bool follows = at > 0 && isLetter(raw, at - 1);
        const bool lineEnd = raw.substr(at, 2) == "\\n";
        while (at < raw.size() && (raw[at] == '\'' || raw[at] == '\\' || raw[at] == '"')) {
            ++at;
        }
        if (follows && !lineEnd && isLetter(raw, at)) {
            return true;
        }
    }
    return false;
}

class Collector {
public:
    explicit Collector(const RuleInput& input)
        : m_input(input)
        , m_text(input.facts.text(input.artifact))
    {
    }

    Inventory run() &&
    {
        m_out.declared = m_input.declared;
        const auto& regions = m_input.facts.regions;
        const auto list = code::requirementFileKind(m_input.artifact.fileName());
        for (std::size_t i = 0; i < regions.size() && m_input.budget.spend(64); ++i) {
            if (regions[i].kind == RegionKind::Code) {
                code(i);
                if (list == code::RequirementFile::SetupPy) {
                    file(i, list);
                }
            } else if (regions[i].kind == RegionKind::PlainText && list != code::RequirementFile::None) {
                file(i, list);
            }
        }
        lists();
        constants();
        const bool installs = !m_out.commands.empty() || m_input.declared;
        for (std::size_t i = 0; i < regions.size() && m_input.budget.spend(64); ++i) {
            const auto kind = regions[i].kind;
            if (kind == RegionKind::Code && isPython(regions[i])) {
                imports(i);
            } else if (installs && (kind == RegionKind::Stream || kind == RegionKind::Text)) {
                outputs(i);
            }
        }
        return std::move(m_out);
    }

private:
    [[nodiscard]] std::string_view languageOf(const Region& region) const
    {
        return formats::languageOf(m_input.facts, region);
    }
    [[nodiscard]] bool isPython(const Region& region) const { return formats::isPythonName(languageOf(region)); }

    // Stays until the next call.
    [[nodiscard]] const formats::TextPiece& text(std::size_t index) { return m_input.texts().whole(index, m_long); }

    // Where a range of the decoded piece stands.
    [[nodiscard]] Place place(const formats::TextPiece& piece, std::size_t region, ByteRange bytes) const
    {
        const auto end = std::min<std::uint64_t>(bytes.start, piece.text.size());
        const auto breaks = std::count(piece.text.begin(), piece.text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
        return {piece.map.toRaw(bytes), static_cast<std::int32_t>(region),
            piece.firstLine + static_cast<std::uint64_t>(breaks)};
    }

    void code(std::size_t index)
    {
        const auto& region = m_input.facts.regions[index];
        const auto raw = slice(m_text, region.bytes);
        if (!m_input.budget.spend(region.bytes.size()) || (!code::mayInstall(raw) && !mayHideWords(raw))) {
            return;
        }
        const auto& piece = text(index);
        auto commands = code::installsInCell(piece.text, languageOf(region));
        if (region.cell < 0) {
            code::readScriptMetadata(piece.text, {}, commands);
        }
        take(piece, index, std::move(commands));
    }

    // Lists in variables that a call is given somewhere else.
    void lists()
    {
        const auto& regions = m_input.facts.regions;
        const auto isCode = [this](const auto& region) { return region.kind == RegionKind::Code && isPython(region); };
        if (std::none_of(regions.begin(), regions.end(), [&](const auto& region) {
                return isCode(region) && m_input.budget.spend(region.bytes.size())
                    && code::mayNameLists(slice(m_text, region.bytes));
            })) {
            return;
        }
        code::InstallLists lists;
        for (std::size_t i = 0; i < regions.size(); ++i) {
            if (isCode(regions[i]) && m_input.budget.spend(regions[i].bytes.size())) {
                lists.read(static_cast<std::uint32_t>(i), text(i).text);
            }
        }
        for (const auto index : lists.cells()) {
            const auto& piece = text(index);
            take(piece, index, lists.commandsIn(index, piece.text));
        }
    }

    // Constants that install lines are given, from the last cell to the first: loops stand behind the lists they go
    // through.
    void constants()
    {
        const auto& regions = m_input.facts.regions;
        for (auto i = regions.size(); i-- > 0 && !m_wanted.empty();) {
            if (regions[i].kind == RegionKind::Code && isPython(regions[i])
                && m_input.budget.spend(regions[i].bytes.size())) {
                const auto& piece = text(i);
                std::vector<code::InstallCommand> commands;
                auto names = m_wanted;
                code::installsInConstants(piece.text, names, {}, commands);
                if (names.size() > m_wanted.size()) { // a loop told another name: its list may stand above it
                    commands.clear();
                    m_wanted = names;
                    code::installsInConstants(piece.text, names, {}, commands);
                }
                take(piece, i, std::move(commands));
            }
        }
    }

    void file(std::size_t index, code::RequirementFile kind)
    {
        const auto& region = m_input.facts.regions[index];
        if (!m_input.budget.spend(region.bytes.size())) {
            return;
        }
        const auto& piece = text(index);
        std::vector<code::InstallCommand> commands;
        code::readRequirementFile(kind, piece.text, 0, {}, commands);
        take(piece, index, std::move(commands));
    }

    void take(const formats::TextPiece& piece, std::size_t index, std::vector<code::InstallCommand> commands)
    {
        for (auto& command : commands) {
            FoundCommand found;
            found.tool = command.tool;
            found.place = place(piece, index, command.bytes);
            found.shellLine = command.shellLine;
            found.fromFile = command.fromFile;
            for (auto& item : command.items) {
                if (item.requirement.kind == code::Requirement::Kind::Hole) {
                    if (const auto name = code::nameInHole(slice(piece.text, item.bytes)); !name.empty()) {
                        m_wanted.emplace(name);
                    }
                }
                FoundItem one;
                one.place = place(piece, index, item.bytes);
                if (item.pinAt > 0) {
                    // The place behind the last letter of the name.
                    one.pinAt = piece.map.toRaw(ByteRange{item.pinAt - 1, item.pinAt}).end;
                }
                one.item = std::move(item);
                found.items.push_back(std::move(one));
            }
            for (auto& option : command.options) {
                const auto where = place(piece, index, option.bytes);
                found.options.push_back({std::move(option), where});
            }
            m_out.commands.push_back(std::move(found));
        }
    }

    void imports(std::size_t index)
    {
        const auto& region = m_input.facts.regions[index];
        const auto raw = slice(m_text, region.bytes);
        if (!m_input.budget.spend(region.bytes.size())
            || (raw.find("import") == ByteView::npos && raw.find("\\u") == ByteView::npos)) {
            return;
        }
        const auto& piece = text(index);
        const auto head =
            ByteView(piece.text).substr(std::min(piece.text.find_first_not_of(" \t\r\n"), piece.text.size()));
        const bool written = head.starts_with("%%writefile") || head.starts_with("%%file");
        const auto plain = code::withoutMagics(piece.text);
        const auto lastAt = lastImport(plain); // they stand at the top: the rest need not be read
        code::PythonTokens tokens(plain);
        using Kind = code::PythonToken::Kind;
        bool starts = true;
        for (auto token = tokens.next(); token.kind != Kind::End && token.bytes.start <= lastAt;
            token = tokens.next()) {
            const auto text = slice(ByteView(plain), token.bytes);
            if (starts && token.kind == Kind::Name && (text == "import" || text == "from")) {
                const auto before = m_out.imports.size();
                modules(tokens, plain, text == "import", piece, index);
                std::for_each(m_out.imports.begin() + static_cast<std::ptrdiff_t>(before), m_out.imports.end(),
                    [written](FoundImport& found) { found.written = written; });
                starts = true; // read to the end of the line
                continue;
            }
            starts = token.kind == Kind::NewLine || (token.kind == Kind::Operator && (text == ";" || text == ":"));
        }
    }

    // The names behind "import" or "from", up to the end of the statement.
    void modules(
        code::PythonTokens& tokens, ByteView plain, bool list, const formats::TextPiece& piece, std::size_t index)
    {
        using Kind = code::PythonToken::Kind;
        FoundImport found;
        ByteRange bytes;
        bool taking = true;
        const auto finish = [&] {
            if (!found.module.empty() && found.module.front() != '.' && m_out.imports.size() < mostImports) {
                found.place = place(piece, index, bytes);
                m_out.imports.push_back(std::move(found));
            }
            found = {};
            bytes = {};
        };
        for (auto token = tokens.next(); token.kind != Kind::End && token.kind != Kind::NewLine;
            token = tokens.next()) {
            const auto text = slice(plain, token.bytes);
            if (text == ";") {
                break;
            }
            if (text == "," && list) {
                finish();
                taking = true;
            } else if (text == "as" || text == "import") {
                taking = false;
            } else if (taking && (token.kind == Kind::Name || text == "." || text == "...")
                && found.module.size() < 200) {
                bytes = {bytes.end == 0 ? token.bytes.start : bytes.start, token.bytes.end};
                found.module += text;
            }
        }
        finish();
    }

    // What pip said: "Successfully installed a-1.0 b-2.0", "Requirement already satisfied: a in /x (1.0)".
    void outputs(std::size_t index)
    {
        const auto& region = m_input.facts.regions[index];
        const auto raw = slice(m_text, region.bytes);
        if (!m_input.budget.spend(raw.size())) {
            return;
        }
        constexpr std::string_view installed = "Successfully installed ";
        constexpr std::string_view satisfied = "already satisfied: ";
        for (auto at = raw.find(installed); at != ByteView::npos; at = raw.find(installed, at + 1)) {
            const auto start = at + installed.size();
            const auto end = std::min(raw.find_first_of("\\\"\n\r", start), raw.size());
            for (auto word = start; word < end && m_out.said.size() < mostSaid;) {
                const auto stop = std::min<std::size_t>(raw.find(' ', word), end);
                said(raw.substr(word, stop - word), region.bytes.start + word, index);
                word = stop + 1;
            }
        }
        for (auto at = raw.find(satisfied); at != ByteView::npos && m_out.said.size() < mostSaid;
            at = raw.find(satisfied, at + 1)) {
            const auto start = at + satisfied.size();
            const auto line = raw.substr(start, std::min(raw.find_first_of("\\\"\n\r", start), raw.size()) - start);
            const auto name = line.substr(0, line.find_first_of(" [<>=!~;("));
            const auto open = line.rfind('(');
            const auto close = line.rfind(')');
            if (open != ByteView::npos && close != ByteView::npos && close > open + 1 && line[open + 1] >= '0'
                && line[open + 1] <= '9') {
                remember(name, line.substr(open + 1, close - open - 1), region.bytes.start + start, index);
            }
        }
    }

    void said(ByteView word, std::uint64_t at, std::size_t index)
    {
        for (auto dash = word.rfind('-'); dash != ByteView::npos && dash > 0; dash = word.rfind('-', dash - 1)) {
            if (dash + 1 < word.size() && word[dash + 1] >= '0' && word[dash + 1] <= '9') {
                remember(word.substr(0, dash), word.substr(dash + 1), at, index);
                return;
            }
        }
    }

    void remember(ByteView name, ByteView version, std::uint64_t at, std::size_t index)
    {
        const auto isPart = [](char c) {
            return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9')
                || std::string_view("-_.+!").find(c) != std::string_view::npos;
        };
        if (name.empty() || name.size() > 100 || version.size() > 40 || !std::all_of(name.begin(), name.end(), isPart)
            || !std::all_of(version.begin(), version.end(), isPart)) {
            return;
        }
        const Place place{{at, at + name.size()}, static_cast<std::int32_t>(index), 0};
        const auto [entry, fresh] =
            m_out.said.try_emplace(code::normalName(name), SaidVersion{std::string(version), place, std::string(name)});
        if (!fresh && entry->second.version != version) {
            entry->second.version.clear();
        }
    }

    const RuleInput& m_input;
    std::set<std::string, std::less<>> m_wanted; // names of what install lines are given
    ByteView m_text;
    formats::TextPiece m_long;
    Inventory m_out;
};

} // namespace

Inventory takeInventory(const RuleInput& input)
{
    return Collector(input).run();
}

} // namespace cupel::rules::dependencies
