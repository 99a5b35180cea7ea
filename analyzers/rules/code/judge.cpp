// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/judge.h"

#include "analyzers/code/python_tree.h"

#include <algorithm>
#include <utility>

namespace cupel::rules::code {

using cupel::code::Argument;
using cupel::code::CallSite;
using cupel::code::Command;
using cupel::code::CommandKind;
using cupel::code::NodeField;
using cupel::code::NodeKind;
using cupel::code::NodeRef;
using cupel::code::PathId;
using cupel::code::Syntax;
using cupel::code::Value;

namespace {

constexpr std::size_t maxSinks = 10'000;
constexpr std::size_t maxEmbedded = 32;
constexpr std::uint32_t maxDepth = 2; // exec in exec
constexpr std::size_t maxShown = 32; // bytes of a name
constexpr std::size_t maxPlace = 240; // bytes of a call that are marked

bool takenBefore(std::vector<std::string_view>& seen, std::string_view id)
{
    if (std::find(seen.begin(), seen.end(), id) != seen.end()) {
        return true;
    }
    seen.push_back(id);
    return false;
}

} // namespace

// Names as they may be shown: keys and long words can hold anything, also a secret.
std::string shownPath(const cupel::code::PathTable& paths, PathId path)
{
    std::string out;
    bool inKey = false;
    std::size_t word = 0;
    for (const char c : paths.text(path)) {
        if (c == ']') {
            inKey = false;
        }
        word = c == '.' || c == '(' || c == '[' ? 0 : word + 1;
        if (!inKey && word <= maxShown && out.size() < 4 * maxShown) {
            out.push_back(c);
        }
        inKey = inKey || c == '[';
    }
    return out;
}

std::string_view sourceWords(cupel::code::Sources sources)
{
    constexpr std::pair<cupel::code::Sources, std::string_view> words[] = {
        {cupel::code::sourceModel, "the answer of a language model"},
        {cupel::code::sourceRequest, "a request from outside"}, {cupel::code::sourceInput, "what somebody types in"},
        {cupel::code::sourceWeb, "a download"}, {cupel::code::sourceDocument, "a loaded document or page"},
        {cupel::code::sourceArgument, "the command line"}, {cupel::code::sourceSecret, "a secret"},
        {cupel::code::sourceEnvironment, "the environment"}, {cupel::code::sourceShell, "the output of a command"},
        {cupel::code::sourceFile, "a file"}, {cupel::code::sourceParameter, "a parameter"}};
    for (const auto& [bit, text] : words) {
        if ((sources & bit) != 0) {
            return text;
        }
    }
    return "another place";
}

Judge::Judge(const RuleInput& input, Reporter& reporter, const std::vector<cupel::code::FlowUnit>& units,
    const Versions& versions, std::optional<Place> fixed, std::uint32_t depth)
    : m_input(input)
    , m_reporter(reporter)
    , m_versions(versions)
    , m_flow(units, *this, input.budget)
    , m_conditions(m_flow, m_versions)
    , m_fixed(fixed)
    , m_depth(depth)
{
}

void Judge::run(std::size_t begin, std::size_t end)
{
    if (m_fixed) {
        m_flow.run();
        judgeEmbedded();
        return;
    }
    for (auto i = begin; i < end && !m_input.budget.stopped(); ++i) {
        judgeCommands(static_cast<std::uint32_t>(i));
    }
    m_flow.run();
    judgeEmbedded();
}

// exec("..."): the constant, also one that had to be decoded, is code like any other.
void Judge::noteEmbedded(const CallSite& site)
{
    if (site.arguments.empty() || m_embedded.size() >= maxEmbedded || m_depth >= maxDepth || site.reference) {
        return;
    }
    const auto& text = site.arguments[0].value;
    const auto name = m_flow.paths().name(site.function.path);
    const bool runs = name == "exec" || name == "eval" || name == "run_cell" || name == "compile";
    if (runs && text.isString() && text.text.size() >= 4) {
        const auto path = m_flow.paths().text(site.function.path);
        if (path.starts_with("builtins.")) {
            m_embedded.push_back({std::string(text.text), callPlace(site.place)});
        }
    }
}

void Judge::judgeEmbedded()
{
    for (const auto& entry : m_embedded) {
        const auto tree = cupel::code::PythonTree::parse(entry.text);
        if (!tree.ok() || m_input.budget.stopped()) {
            continue;
        }
        const auto syntax = tree.value().syntax();
        const std::vector<cupel::code::FlowUnit> units{{entry.text, &syntax, nullptr}};
        Judge(m_input, m_reporter, units, m_versions, entry.place, m_depth + 1).run(0, units.size());
    }
}

Place Judge::placeOf(NodeRef place) const
{
    if (m_fixed) {
        return *m_fixed;
    }
    return {place.unit, m_flow.syntax(place.unit)[place.node].bytes()};
}

// A call is marked from its function on, to its end when that stands on the same line.
Place Judge::callPlace(NodeRef place) const
{
    if (m_fixed) {
        return *m_fixed;
    }
    auto where = placeOf(place);
    const auto text = slice(m_input.code().cells()[place.unit].text, where.bytes);
    const auto line = text.find('\n');
    const auto size = std::min({line == ByteView::npos ? text.size() : line, text.size(), maxPlace});
    where.bytes.end = where.bytes.start + size;
    while (where.bytes.end > where.bytes.start && where.bytes.end - where.bytes.start == maxPlace
        && (static_cast<unsigned char>(text[where.bytes.end - where.bytes.start - 1]) & 0x80) != 0) {
        --where.bytes.end;
    }
    return where;
}

void Judge::onCall(const CallSite& site)
{
    if (site.function.path == 0) {
        return;
    }
    std::vector<std::string_view> seen;
    for (const auto index : callRows().match(m_flow.paths(), site.function.path, m_callMemo)) {
        const auto& row = rows()[index];
        if (std::find(seen.begin(), seen.end(), row.id) != seen.end()) {
            continue;
        }
        const auto match = m_conditions.call(row, site);
        if (match.holds) {
            takenBefore(seen, row.id);
            report(row, site, match);
        } else if (match.parameter && m_sinks.size() < maxSinks) {
            // Callers of this function decide; see onReach.
            m_flow.rememberSink(*match.parameter, static_cast<std::uint32_t>(m_sinks.size()));
            m_sinks.push_back({index, site.place, shownPath(m_flow.paths(), site.function.path)});
        }
    }
    shellOf(site);
    systemPrompt(site);
    noteEmbedded(site);
}

// messages=[{"role": "system", "content": tainted}]
void Judge::systemPrompt(const CallSite& site)
{
    const auto* messages = site.named("messages");
    if (!messages || (messages->value.sources & cupel::code::outsideSources) == 0) {
        return;
    }
    constexpr auto outside = cupel::code::sourceInput | cupel::code::sourceRequest | cupel::code::sourceWeb
        | cupel::code::sourceDocument | cupel::code::sourceArgument;
    for (const auto element : m_flow.elements(messages->value)) {
        const auto& message = m_flow.valueOf(element);
        if (message.kind != cupel::code::ValueKind::Dictionary || !message.origin.valid()) {
            continue;
        }
        const auto& tree = m_flow.syntax(message.origin.unit);
        bool isSystem = false;
        const Value* content = nullptr;
        for (const auto pair : cupel::code::Children(tree, message.origin.node)) {
            const auto key = tree.child(pair, NodeField::Key);
            const auto item = tree.child(pair, NodeField::Value);
            if (key == Syntax::none || item == Syntax::none) {
                continue;
            }
            const auto& name = m_flow.valueOf(message.origin.unit, key).text;
            const auto& value = m_flow.valueOf(message.origin.unit, item);
            isSystem = isSystem || (name == "role" && (value.text == "system" || value.text == "developer"));
            content = name == "content" ? &value : content;
        }
        if (isSystem && content && (content->sources & outside) != 0) {
            Draft draft;
            draft.inside = m_fixed.has_value();
            draft.rule = "CUP-CODE-PROMPT-SYSTEM-INPUT";
            draft.place = callPlace(site.place);
            draft.subject = shownPath(m_flow.paths(), site.function.path);
            traceTaint(draft, *content);
            m_reporter.add(std::move(draft));
            return;
        }
    }
}

void Judge::report(const CodeRow& row, const CallSite& site, const Match& match)
{
    if (m_reporter.isFull(row.id)) {
        return;
    }
    Draft draft;
    draft.inside = m_fixed.has_value();
    draft.rule = row.id;
    draft.place = callPlace(site.place);
    draft.severity = row.severity;
    draft.confidence = row.confidence;
    draft.subject = shownPath(m_flow.paths(), site.function.path);
    draft.once = row.once;
    draft.over = row.over;
    if (match.tainted) {
        traceTaint(draft, *match.tainted);
    }
    if (row.mask) {
        for (const auto* argument : match.deciders) {
            maskConstant(draft, argument->value);
        }
    }
    if (!m_fixed) {
        traceParts(draft, site, match);
        draft.fix = fixFor(row, site);
    }
    m_reporter.add(std::move(draft));
}

// The literal of a key or salt is hidden wherever the line is shown.
void Judge::maskConstant(Draft& draft, const Value& value) const
{
    if (value.isString() && value.origin.valid() && value.text.size() >= 3) {
        auto place = placeOf(value.origin);
        if (place.bytes.size() > 2 && !m_fixed) {
            place.bytes = {place.bytes.start + 1, place.bytes.end - 1};
        }
        draft.masked.push_back(place);
    }
}

// Where the parts of a call stand that are on other lines: the constant, the object, the argument that decided.
void Judge::traceParts(Draft& draft, const CallSite& site, const Match& match) const
{
    const auto& cells = m_input.code().cells();
    const auto line = [&](const Place& place) {
        return std::pair(place.cell, cells[place.cell].lineOf(place.bytes.start));
    };
    std::vector<std::pair<std::uint32_t, std::uint64_t>> seen{line(draft.place)};
    const auto add = [&](std::string_view role, NodeRef where) {
        if (!where.valid()) {
            return;
        }
        const auto place = callPlace(where);
        const auto at = line(place);
        if (std::find(seen.begin(), seen.end(), at) == seen.end() && seen.size() < 8) {
            seen.push_back(at);
            draft.traces.push_back({role, place, {}});
        }
    };
    for (const auto* argument : match.deciders) {
        add("check", argument->place);
        add("source", argument->value.origin);
    }
    const auto made = [&](const Value& value) {
        return value.path != 0 && value.origin.valid()
            && m_flow.syntax(value.origin.unit)[value.origin.node].kind == NodeKind::Call;
    };
    if (made(site.receiver)) {
        add("context", site.receiver.origin);
    }
    if (made(site.function)) {
        add("context", site.function.origin);
    }
}

void Judge::traceTaint(Draft& draft, const Value& value) const
{
    const auto* rule = findRule(draft.rule);
    draft.message = rule ? rule->whatHappens : std::string();
    draft.message += " Here it comes from " + std::string(sourceWords(value.sources)) + '.';
    bool first = true;
    for (const auto& step : m_flow.stepsTo(value)) {
        if (step.place.valid()) {
            draft.traces.push_back({first ? "source" : "step", callPlace(step.place), {}});
        }
        first = false;
    }
    draft.traces.push_back({"sink", draft.place, {}});
}

void Judge::onReach(std::uint32_t number, const CallSite& site, const Argument& argument)
{
    const auto& sink = m_sinks[number];
    const auto& row = rows()[sink.row];
    const auto wanted = std::find_if(row.conditions.begin(), row.conditions.end(),
        [](const Condition& condition) { return condition.op == Op::Tainted && !condition.negated; });
    const auto sources = wanted != row.conditions.end() && wanted->sources != 0
        ? wanted->sources
        : static_cast<std::uint16_t>(cupel::code::outsideSources);
    if ((argument.value.sources & sources) == 0 || m_reporter.isFull(row.id)) {
        return;
    }
    Draft draft;
    draft.inside = m_fixed.has_value();
    draft.rule = row.id;
    draft.place = callPlace(sink.place);
    draft.severity = row.severity;
    draft.confidence = row.confidence;
    draft.subject = sink.subject;
    draft.over = row.over;
    traceTaint(draft, argument.value);
    draft.traces.insert(draft.traces.end() - 1, {"step", callPlace(site.place), {}});
    m_reporter.add(std::move(draft));
}

void Judge::onImport(std::string_view module, std::string_view name, NodeRef place)
{
    const auto full = name.empty() || name == "*" ? std::string(module) : std::string(module) + '.' + std::string(name);
    for (const auto index : rowsOf(Shape::Import)) {
        const auto& row = rows()[index];
        const bool hit = std::any_of(row.patterns.begin(), row.patterns.end(), [&](const std::string& pattern) {
            return full == pattern || module == pattern
                || (full.size() > pattern.size() && full.starts_with(pattern) && full[pattern.size()] == '.');
        });
        if (hit) {
            Draft draft;
            draft.inside = m_fixed.has_value();
            draft.rule = row.id;
            draft.place = placeOf(place);
            draft.severity = row.severity;
            draft.confidence = row.confidence;
            draft.subject = full.substr(0, maxShown);
            draft.once = row.once;
            draft.over = row.over;
            m_reporter.add(std::move(draft));
        }
    }
}

void Judge::onRead(PathId path, NodeRef place)
{
    for (const auto index : readRows().match(m_flow.paths(), path, m_readMemo)) {
        const auto& row = rows()[index];
        Draft draft;
        draft.inside = m_fixed.has_value();
        draft.rule = row.id;
        draft.place = callPlace(place);
        draft.severity = row.severity;
        draft.confidence = row.confidence;
        draft.subject = shownPath(m_flow.paths(), path);
        draft.once = row.once;
        draft.over = row.over;
        m_reporter.add(std::move(draft));
    }
}

void Judge::onAssign(PathId target, const Value& value, NodeRef targetPlace, NodeRef assignment)
{
    for (const auto index : assignRows().match(m_flow.paths(), target, m_assignMemo)) {
        const auto& row = rows()[index];
        if (!m_conditions.assignment(row, value, targetPlace)) {
            continue;
        }
        Draft draft;
        draft.inside = m_fixed.has_value();
        draft.rule = row.id;
        draft.place = callPlace(assignment);
        if (row.mask) {
            maskConstant(draft, value);
        }
        draft.severity = row.severity;
        draft.confidence = row.confidence;
        draft.subject = shownPath(m_flow.paths(), target);
        draft.once = row.once;
        draft.over = row.over;
        m_reporter.add(std::move(draft));
    }
}

} // namespace cupel::rules::code
