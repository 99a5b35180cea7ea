// SPDX-License-Identifier: GPL-3.0-or-later
// Single requirements, and the options of pip.
#include "analyzers/code/install_parts.h"

#include <array>

namespace cupel::code {

namespace {

using Kind = InstallOption::Kind;

struct OptionName {
    std::string_view name;
    Kind kind;
    bool value; // one follows
};

constexpr std::array pipOptions{
    OptionName{"--index-url", Kind::Index, true},
    OptionName{"--pypi-url", Kind::Index, true},
    OptionName{"-i", Kind::Index, true},
    OptionName{"--index", Kind::ExtraIndex, true},
    OptionName{"--default-index", Kind::Index, true},
    OptionName{"--extra-index-url", Kind::ExtraIndex, true},
    OptionName{"--find-links", Kind::FindLinks, true},
    OptionName{"-f", Kind::FindLinks, true},
    OptionName{"--trusted-host", Kind::TrustedHost, true},
    OptionName{"--allow-insecure-host", Kind::TrustedHost, true},
    OptionName{"--pre", Kind::Pre, false},
    OptionName{"--break-system-packages", Kind::BreakSystem, false},
    OptionName{"--requirement", Kind::RequirementFile, true},
    OptionName{"--requirements", Kind::RequirementFile, true},
    OptionName{"-r", Kind::RequirementFile, true},
    OptionName{"--constraint", Kind::Constraint, true},
    OptionName{"-c", Kind::Constraint, true},
    OptionName{"--index-strategy", Kind::IndexStrategy, true},
    OptionName{"--require-hashes", Kind::RequireHashes, false},
    OptionName{"--no-verify", Kind::NoVerify, false},
    OptionName{"--no-check-certificate", Kind::NoVerify, false},
};

// Other options of pip, uv and poetry that are followed by a value.
constexpr std::array<std::string_view, 34> valued{"--target", "-t", "--prefix", "--root", "--src", "--platform",
    "--python-version", "--implementation", "--abi", "--no-binary", "--only-binary", "--progress-bar", "--cache-dir",
    "--log", "--proxy", "--retries", "--timeout", "--exists-action", "--cert", "--client-cert", "--config-settings",
    "-C", "--global-option", "--install-option", "--build-option", "--root-user-action", "--upgrade-strategy",
    "--report", "--python", "--use-feature", "--use-deprecated", "--group", "--prerelease", "--resolution"};

bool isValued(std::string_view name)
{
    return std::find(valued.begin(), valued.end(), name) != valued.end();
}

// Where a version can be added: only when the word stands in the source letter for letter.
std::uint64_t pinPlace(const CommandWord& word, const Requirement& requirement, const InstallContext& context)
{
    if (requirement.kind != Requirement::Kind::Name || word.hole || !word.redirect.empty()
        || word.bytes.start < context.offset) {
        return 0;
    }
    const auto written = slice(context.source, {word.bytes.start - context.offset, word.bytes.end - context.offset});
    const std::size_t quote =
        word.quoted && !written.empty() && (written.front() == '"' || written.front() == '\'') ? 1 : 0;
    return written.substr(std::min(quote, written.size())).starts_with(word.text)
        ? word.bytes.start + quote + requirement.nameEnd
        : 0;
}

class PipReader {
public:
    PipReader(InstallCommand& command, const Words& words, std::size_t first, const InstallContext& context)
        : m_command(command)
        , m_words(words)
        , m_at(first)
        , m_context(context)
    {
    }

    void run() &&
    {
        bool plain = false;
        for (; m_at < m_words.size(); ++m_at) {
            const auto& word = m_words[m_at];
            if (plain || word.text.size() < 2 || word.text.front() != '-') {
                addItem(m_command, word, m_context);
            } else if (word.text == "--") {
                plain = true;
            } else if (word.text.starts_with("--")) {
                longOption(word);
            } else {
                shortOptions(word);
            }
        }
    }

private:
    void add(Kind kind, std::string value, ByteRange bytes)
    {
        if (m_command.options.size() < 200) {
            m_command.options.push_back({kind, std::move(value), bytes});
        }
    }

    // The value in the same word behind '=' or at its end, or the next word.
    void take(Kind kind, const CommandWord& word, std::string_view inWord, bool hasInWord)
    {
        if (hasInWord) {
            add(kind, std::string(inWord), word.bytes);
        } else if (m_at + 1 < m_words.size()) {
            ++m_at;
            add(kind, m_words[m_at].text, {word.bytes.start, m_words[m_at].bytes.end});
        }
    }

    void longOption(const CommandWord& word)
    {
        const std::string_view text = word.text;
        const auto equals = text.find('=');
        const auto name = text.substr(0, equals);
        const bool inWord = equals != std::string_view::npos;
        const auto value = inWord ? text.substr(equals + 1) : std::string_view{};
        if (name == "--editable") {
            editable(word, value, inWord);
            return;
        }
        const auto row =
            std::find_if(pipOptions.begin(), pipOptions.end(), [name](const auto& o) { return o.name == name; });
        if (row != pipOptions.end()) {
            row->value ? take(row->kind, word, value, inWord) : add(row->kind, {}, word.bytes);
        } else if (name == "--with" && m_command.tool == InstallTool::Uv) {
            withItem(word, value, inWord);
        } else if (isValued(name) && !inWord) {
            ++m_at;
        }
    }

    void withItem(const CommandWord& word, std::string_view value, bool inWord)
    {
        CommandWord item = word;
        if (!inWord) {
            if (m_at + 1 >= m_words.size()) {
                return;
            }
            item = m_words[++m_at];
        } else {
            item.text = value;
        }
        addItem(m_command, item, m_context);
    }

    void editable(const CommandWord& word, std::string_view value, bool inWord)
    {
        CommandWord item = word;
        item.text = value;
        if (!inWord) {
            if (m_at + 1 >= m_words.size()) {
                return;
            }
            item = m_words[++m_at];
        }
        addItem(m_command, item, m_context, true);
    }

    // -q, -qU, -rfile, -Uqr file
    void shortOptions(const CommandWord& word)
    {
        for (std::size_t i = 1; i < word.text.size(); ++i) {
            const std::string name{'-', word.text[i]};
            auto rest = std::string_view(word.text).substr(i + 1);
            if (rest.starts_with('=')) {
                rest.remove_prefix(1);
            }
            if (name == "-e") {
                editable(word, rest, !rest.empty());
                return;
            }
            const auto row =
                std::find_if(pipOptions.begin(), pipOptions.end(), [&](const auto& o) { return o.name == name; });
            if (row != pipOptions.end()) {
                take(row->kind, word, rest, !rest.empty());
                return;
            }
            if (isValued(name)) {
                m_at += rest.empty() ? 1 : 0;
                return;
            }
        }
    }

    InstallCommand& m_command;
    const Words& m_words;
    std::size_t m_at;
    const InstallContext& m_context;
};

} // namespace

void addItem(InstallCommand& command, const CommandWord& word, const InstallContext& context, bool editable)
{
    InstallItem item;
    item.requirement = readRequirement(word.text);
    if (item.requirement.kind == Requirement::Kind::None && word.hole) {
        item.requirement.kind = Requirement::Kind::Hole;
    }
    if (item.requirement.kind == Requirement::Kind::None || command.items.size() >= context.limits.items) {
        return;
    }
    if (editable && item.requirement.kind == Requirement::Kind::Name) {
        item.requirement.kind = Requirement::Kind::Path; // -e takes folders and repositories only
        item.requirement.url = item.requirement.name;
        item.requirement.name.clear();
    }
    item.bytes = word.bytes;
    item.pinAt = pinPlace(word, item.requirement, context);
    item.editable = editable;
    item.lost = word.redirect.size() > 1 && word.redirect[1] != '&' ? word.redirect : std::string();
    command.items.push_back(std::move(item));
}

void addVersioned(InstallCommand& command, const CommandWord& word, char separator, const InstallContext& context)
{
    if (command.items.size() >= context.limits.items) {
        return;
    }
    InstallItem item;
    auto& requirement = item.requirement;
    std::string_view text = word.text;
    item.bytes = word.bytes;
    item.lost = word.redirect;
    if (text.empty() || text.front() == '$' || text.front() == '{') {
        requirement.kind = Requirement::Kind::Hole;
        command.items.push_back(std::move(item));
        return;
    }
    requirement.kind = Requirement::Kind::Name;
    if (separator == '=' && text.find("::") != std::string_view::npos) {
        command.options.push_back({Kind::Channel, std::string(text.substr(0, text.find("::"))), word.bytes});
        text.remove_prefix(text.find("::") + 2);
    }
    auto at = separator == '=' ? text.find_first_of("=<>!~ ") : text.rfind(separator);
    if (separator == '@' && at == 0) {
        at = std::string_view::npos; // @scope/name
    }
    if (separator == ':' && at != std::string_view::npos && text.find('/', at) != std::string_view::npos) {
        at = std::string_view::npos; // host:port/image
    }
    requirement.name = text.substr(0, at);
    if (requirement.name.empty()) {
        return;
    }
    // Behind the channel too.
    requirement.nameEnd = static_cast<std::size_t>(text.data() - word.text.data()) + requirement.name.size();
    if (at != std::string_view::npos) {
        const auto version = text.substr(at + (separator == '=' ? 0 : 1));
        if (separator != '=') {
            requirement.specifier =
                version.empty() || version == "latest" ? std::string() : "==" + std::string(version);
        } else if (version.starts_with('=') && !version.starts_with("==")) {
            requirement.specifier = version.substr(0, version.find('=', 1)); // =ver=build
        } else {
            requirement.specifier = version;
        }
    }
    if (separator == ':' && text.find("@sha256:") != std::string_view::npos) {
        requirement.hashes = 1;
        requirement.name = text.substr(0, text.find('@'));
    }
    item.pinAt = separator == '=' && requirement.specifier.empty() ? pinPlace(word, requirement, context) : 0;
    command.items.push_back(std::move(item));
}

void readPipWords(InstallCommand& command, const Words& words, std::size_t first, const InstallContext& context)
{
    PipReader(command, words, first, context).run();
}

} // namespace cupel::code
