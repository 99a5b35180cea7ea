// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/model/templates.h"

#include "analyzers/base/utf8.h"
#include "analyzers/code/jinja_fold.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/rules/model/rows.h"
#include "analyzers/rules/model/template_text.h"
#include "analyzers/rules/model/template_words.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <optional>
#include <string>

namespace cupel::rules::model {

namespace {

constexpr std::size_t longestTemplate = 4 << 20; // without blanks and comments
constexpr std::size_t longestRead = 32 << 20;
constexpr std::uint64_t manyTimes = 1'000'000;
constexpr std::size_t longPadding = 2'000;
constexpr std::size_t longestShown = 220;

// One cause in one template: the worst of its places is told, the others are counted.
struct Cause {
    std::string_view rule;
    Severity severity = Severity::Info;
    ByteRange range; // in the template's text
    std::string message;
    std::string shown; // a text of the file that the message repeats
    std::uint64_t count = 0;
    bool reached = true; // false: a text that is not used yet
};

class TemplateJudge : public code::JinjaListener {
public:
    void access(const code::JinjaAccess& access) override
    {
        for (const auto& name : *access.names) {
            const auto reach = reachOf(name);
            mark(reach == Reach::Everything    ? Severity::Critical
                    : reach == Reach::Internal ? Severity::High
                                               : Severity::Info);
        }
        // Nobody puts together the name of what a message has.
        const bool hides = access.computed && access.how == code::JinjaAccess::How::Item
            && std::any_of(access.names->begin(), access.names->end(),
                [](const std::string& name) { return name.starts_with('_'); });
        if (hides || (access.computed && access.how == code::JinjaAccess::How::Filter)) {
            mark(Severity::High);
        }
        const bool first = access.base->shown == access.base->root;
        if (first && isModule(access.base->root)) {
            mark(Severity::High);
        }
        if (!access.names->empty() || access.exact) {
            return;
        }
        const auto& base = *access.base;
        const bool empty =
            base.literal && (base.shown == "{}" || base.shown == "[]" || base.shown == "''" || base.number.has_value());
        if (access.how == code::JinjaAccess::How::Filter || empty || (first && isOpenGlobal(base.root))) {
            mark(Severity::High);
        } else if (access.how == code::JinjaAccess::How::Field) {
            m_odd = m_odd.empty() ? "an attribute that is named at run time" : m_odd;
        }
    }

    void call(const std::string& name, bool method, ByteRange /*range*/) override
    {
        if (method ? isRunner(name) : isBuiltin(name)) {
            mark(method ? Severity::Critical : Severity::High);
        } else if (!method && name == "lipsum") {
            m_odd = "lipsum(), which no chat needs";
        }
    }

    void name(const std::string& name, ByteRange /*range*/) override
    {
        mark(reachOf(name) != Reach::Nothing ? Severity::Critical : Severity::Info);
    }

    void word(const std::string& text, ByteRange /*range*/) override
    {
        const bool upper = std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
        m_word = m_word || (!upper && reachOf(text) != Reach::Nothing);
    }

    void repeats(std::uint64_t times, ByteRange range) override
    {
        if (times >= manyTimes) {
            add("CUP-TEMPLATE-BOMB", Severity::Medium, range,
                "Rendering the template repeats something " + std::to_string(times) + " times.");
        }
    }

    void literal(std::string_view text, ByteRange range, const std::string& trigger) override
    {
        if (isActive(text)) {
            add("CUP-TEMPLATE-MARKUP", Severity::Medium, range,
                "The template puts a script or frame into the conversation: \u201c{}\u201d.",
                toDisplay(text, longestShown));
        }
        if (invisibleAt(text) != std::string_view::npos) {
            add("CUP-TEMPLATE-INVISIBLE", Severity::Medium, range, "The template holds characters that nobody sees.");
        }
        if (trigger.empty()) {
            return;
        }
        const auto words = sentenceWords(text);
        if (isPlainWord(trigger) ? words >= 4 : words >= 8 && isOrder(text)) {
            add("CUP-TEMPLATE-HIDDEN", Severity::Medium, range,
                "A sentence is added only to some conversations: \u201c{}\u201d.", toDisplay(text, longestShown));
        }
    }

    void tag(const code::JinjaStatement& statement) override
    {
        if (statement.tag == "include" || statement.tag == "import" || statement.tag == "from"
            || statement.tag == "extends") {
            m_odd = "another template, which is not part of the model";
        }
    }

    void done(const code::JinjaStatement& statement, const std::string& shown) override
    {
        const bool reached = m_worst >= Severity::High;
        if (reached || m_word) {
            m_worst = std::max(m_worst, Severity::High);
            add("CUP-TEMPLATE-CODE", m_worst, statement.range,
                "Rendering the template reaches into Python: \u201c{}\u201d.", toDisplay(shown, longestShown), reached);
        }
        if (!m_odd.empty()) {
            add("CUP-TEMPLATE-ODD", Severity::Medium, statement.range, "The template uses " + m_odd + ".");
        }
        m_worst = Severity::Info;
        m_odd.clear();
        m_word = false;
    }

    // Where the text is no template as far as it was read, words have to do.
    void words(ByteView text, const code::JinjaTree& tree)
    {
        for (const auto& token : tree.tokens) {
            using Kind = code::JinjaToken::Kind;
            if (token.kind != Kind::Name && token.kind != Kind::Text) {
                continue;
            }
            const auto raw = slice(text, token.range);
            const auto word = token.kind == Kind::Name ? std::string(raw) : code::jinjaText(raw);
            if (reachOf(word) == Reach::Everything || word == "__class__" || word == "__init__") {
                add("CUP-TEMPLATE-CODE", Severity::High, token.range,
                    "The template names what leads into Python: \u201c{}\u201d.", toDisplay(word, longestShown));
            }
        }
    }

    void add(std::string_view rule, Severity severity, ByteRange range, std::string message, std::string shown = {},
        bool reached = true)
    {
        const auto known =
            std::find_if(m_causes.begin(), m_causes.end(), [rule](const Cause& cause) { return cause.rule == rule; });
        if (known == m_causes.end()) {
            m_causes.push_back({rule, severity, range, std::move(message), std::move(shown), 1, reached});
            return;
        }
        const auto count = known->count + 1;
        if (severity > known->severity || (severity == known->severity && reached && !known->reached)) {
            *known = {rule, severity, range, std::move(message), std::move(shown), 0, reached};
        }
        known->count = count;
    }

    [[nodiscard]] const std::vector<Cause>& causes() const { return m_causes; }

private:
    void mark(Severity severity) { m_worst = std::max(m_worst, severity); }

    std::vector<Cause> m_causes;
    Severity m_worst = Severity::Info; // of this statement
    bool m_word = false;
    std::string m_odd;
};

// Blanks that move what follows out of sight.
std::optional<ByteRange> padding(std::string_view text)
{
    std::size_t at = text.find_first_of(" \t\n\r");
    while (at != std::string_view::npos) {
        const auto end = text.find_first_not_of(" \t\n\r", at);
        if (end == std::string_view::npos) {
            return {};
        }
        if (end - at >= longPadding) {
            return ByteRange{at, end};
        }
        at = text.find_first_of(" \t\n\r", end);
    }
    return {};
}

void report(const Cause& cause, const formats::TextPiece& piece, std::size_t region, FindingSink& sink)
{
    Hit hit;
    hit.rule = cause.rule;
    hit.bytes = piece.map.toRaw(cause.range);
    hit.region = static_cast<std::int32_t>(region);
    hit.severity = cause.severity;
    hit.confidence = cause.rule == "CUP-TEMPLATE-CODE" ? Confidence::Certain : Confidence::Likely;
    hit.message = cause.message;
    if (const auto slot = hit.message.find("{}"); slot != std::string::npos) {
        hit.message.replace(slot, 2, cause.shown);
    }
    if (cause.count > 1) {
        hit.message += " " + std::to_string(cause.count) + " places.";
    }
    if (!cause.shown.empty()) {
        hit.arguments["expression"] = cause.shown;
        // Texts come together from all over the template.
        hit.quotes.emplace_back(piece.map.toRaw(ByteRange{0, piece.text.size()}), cause.shown);
    }
    sink.add(std::move(hit));
}

// Of a long one, what is left without blanks and comments.
ShortTemplate textOf(const formats::TextPiece& piece)
{
    if (piece.text.size() < longestTemplate) {
        return {piece.text, false, {{0, 0}}};
    }
    auto out = shortened(piece.text, longestTemplate);
    out.lossy = out.lossy || piece.text.size() >= longestRead || out.text.size() >= longestTemplate;
    out.text.resize(std::min(out.text.size(), longestTemplate));
    return out;
}

void checkOne(const RuleInput& input, std::size_t index, FindingSink& sink)
{
    const auto& region = input.facts.regions[index];
    const auto piece = formats::readRegion(input.facts.text(input.artifact), region, longestRead);
    if (piece.text.empty()) {
        return;
    }
    const auto judged = textOf(piece);
    const auto tree = code::parseJinja(judged.text, input.budget);
    TemplateJudge judge;
    code::foldJinja(judged.text, tree, input.budget, judge);
    if (tree.trouble || !tree.complete) {
        judge.words(judged.text, tree);
    }
    // Other programs have braces too: only what has to be a template is a broken one.
    if (tree.trouble && region.name.find("template") != std::string::npos) {
        judge.add("CUP-TEMPLATE-BROKEN", Severity::Low, *tree.trouble, "The template cannot be parsed from here on.");
    }
    if (!tree.complete || judged.lossy || input.budget.stopped()) {
        sink.incomplete("template-too-long", "A template is longer than the limit and was not judged to its end",
            region.bytes.start);
    }
    for (auto cause : judge.causes()) {
        cause.range = judged.toWhole(cause.range);
        report(cause, piece, index, sink);
    }
    if (const auto blanks = padding(piece.text); blanks && region.name != "yaml") {
        report({"CUP-TEMPLATE-PADDING", Severity::Low, *blanks,
                   std::to_string(blanks->size()) + " blanks move a part of the template out of sight.", {}, 1, true},
            piece, index, sink);
    }
}

} // namespace

// Templates have no flaws of form: all of it is judged here.
std::span<const FlawRow> templatesRows()
{
    return {};
}

void checkTemplates(const RuleInput& input, FindingSink& sink)
{
    for (std::size_t i = 0; i < input.facts.regions.size() && !input.budget.stopped(); ++i) {
        if (input.facts.regions[i].kind == RegionKind::Template) {
            checkOne(input, i, sink);
        }
    }
}

} // namespace cupel::rules::model
