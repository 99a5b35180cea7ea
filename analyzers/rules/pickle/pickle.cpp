// SPDX-License-Identifier: GPL-3.0-or-later
// What loading a pickle would do, judged by what is called and with what: one finding for each cause, with a count.
#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/rules/pickle/contracts.h"
#include "analyzers/rules/pickle/doings.h"
#include "analyzers/rules/pickle/skops_types.h"
#include "analyzers/rules/pickle/state_texts.h"
#include "analyzers/rules/pickle/targets.h"
#include "analyzers/rules/rule_texts.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <functional>
#include <map>

namespace cupel::rules::pickle {

namespace {

using formats::PickleCall;
using formats::PickleFacts;
using formats::PickleGlobal;
using formats::ShownText;

constexpr std::size_t longestCall = 220; // bytes of a call in a message
constexpr std::size_t mostNames = 8; // in one message
constexpr std::size_t mostPlaces = 200; // of one finding
constexpr std::size_t mostPackages = 10; // with a finding of their own: more are one crowd

std::string_view ruleOf(Harm harm)
{
    switch (harm) {
    case Harm::Code:
        return "CUP-PKL-CODE";
    case Harm::Process:
        return "CUP-PKL-PROCESS";
    case Harm::Import:
        return "CUP-PKL-IMPORT";
    case Harm::Loader:
        return "CUP-PKL-LOADER";
    case Harm::Gadget:
        return "CUP-PKL-GADGET";
    case Harm::Network:
        return "CUP-PKL-NETWORK";
    case Harm::Files:
        return "CUP-PKL-FILES";
    case Harm::Tamper:
        return "CUP-PKL-TAMPER";
    case Harm::Soft:
        return "CUP-PKL-NOT-DATA";
    }
    return "CUP-PKL-NOT-DATA";
}

std::string times(std::uint64_t count)
{
    return count <= 1 ? std::string() : ", " + std::to_string(count) + " times";
}

// Of a benign name that is called as it must not be.
Severity severityOfBroken(const Verdict& verdict)
{
    return verdict.contract == Contract::MethodOfClass ? Severity::Critical
        : verdict.use == Use::Value                    ? Severity::Medium
                                                       : Severity::High;
}

class Judge {
public:
    Judge(const PickleFacts& facts, std::uint64_t size, const std::function<void(Hit)>& take)
        : m_facts(facts)
        , m_size(size)
        , m_take(take)
    {
        for (const auto& global : facts.globals) {
            m_verdicts.push_back(pickle::judge(global));
        }
        for (const auto& call : facts.calls) {
            noteHanded(call);
        }
    }

    void doings()
    {
        for (std::size_t i = 0; i < m_facts.globals.size(); ++i) {
            name(i);
        }
        for (const auto& call : m_facts.calls) {
            this->call(call);
        }
        unknown("CUP-PKL-UNKNOWN-CALL", Severity::Medium, m_unknownCalls);
        unknown("CUP-PKL-UNKNOWN-NAME", Severity::Low, m_unknownNames);
        changes();
        states();
    }

private:
    struct Gathered {
        std::vector<std::string> names;
        std::vector<ByteRange> places;
        const PickleCall* call = nullptr;
        std::uint64_t count = 0;
    };
    using ByPackage = std::map<std::string, Gathered>;

    // The text with its quotes noted, so that the sink masks what is sensitive; cut at a readable length.
    static std::string quoted(const ShownText& shown, Hit& hit)
    {
        auto text = shown.text;
        if (text.size() > longestCall) {
            text.resize(longestCall);
            while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) {
                text.pop_back();
            }
            if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) {
                text.pop_back();
            }
            text += "\u2026";
        }
        for (const auto& quote : shown.quotes) {
            if (quote.start < text.size()) {
                hit.quotes.emplace_back(quote.source, text.substr(quote.start, quote.end - quote.start));
            }
        }
        return text;
    }

    static ShownText expression(const PickleCall& call)
    {
        auto out = call.callable;
        const auto add = [&out](const ShownText& more) {
            const auto base = static_cast<std::uint32_t>(out.text.size());
            out.text += more.text;
            for (const auto& quote : more.quotes) {
                out.quotes.push_back({quote.source, base + quote.start, base + quote.end});
            }
        };
        out.text += '(';
        for (std::size_t i = 0; i < call.shown.size(); ++i) {
            out.text += i == 0 ? "" : ", ";
            add(call.shown[i]);
        }
        out.text += ')';
        return out;
    }

    // What is called may call what it is given. An object that is made without its __init__ does not.
    void noteHanded(const PickleCall& call)
    {
        const bool made = call.how.starts_with("NEWOBJ");
        for (const auto global : call.handed) {
            const auto index = static_cast<std::size_t>(global);
            const auto kind = m_verdicts[index].kind;
            const bool foreign = kind == Verdict::Kind::Unknown || kind == Verdict::Kind::Library;
            if (!made && foreign && call.global >= 0
                && m_verdicts[static_cast<std::size_t>(call.global)].kind == Verdict::Kind::Benign) {
                m_handedTo.try_emplace(index, &call);
            }
        }
    }

    // The first call of the name, or else the first of a function that is given it.
    [[nodiscard]] const PickleCall* firstCall(std::size_t global) const
    {
        const auto handed = m_handedTo.find(global);
        const auto found = std::find_if(m_facts.calls.begin(), m_facts.calls.end(),
            [&](const PickleCall& call) { return call.global == static_cast<std::int32_t>(global); });
        return found != m_facts.calls.end() ? &*found : handed != m_handedTo.end() ? handed->second : nullptr;
    }

    Hit start(std::string_view rule, ByteRange bytes, Severity severity, Confidence confidence) const
    {
        Hit hit;
        hit.rule = rule;
        hit.bytes = {std::min(bytes.start, m_size), std::min(bytes.end, m_size)};
        hit.severity = severity;
        hit.confidence = confidence;
        return hit;
    }

    void name(std::size_t index)
    {
        const auto& global = m_facts.globals[index];
        const auto& verdict = m_verdicts[index];
        const auto* called = firstCall(index);
        using Kind = Verdict::Kind;
        switch (verdict.kind) {
        case Kind::Danger:
            danger(global, verdict, called);
            break;
        case Kind::Library:
            if (called) {
                report(start("CUP-PKL-STDLIB", called->bytes, Severity::High, Confidence::Likely), global, called);
            } else if (global.how != PickleGlobal::How::Attribute) {
                gather(m_unknownNames, global, nullptr);
            }
            break;
        case Kind::Unknown:
            if (called || global.how != PickleGlobal::How::Attribute) {
                gather(called ? m_unknownCalls : m_unknownNames, global, called);
            }
            break;
        case Kind::Benign:
        case Kind::Unresolved:
            break;
        }
        if (global.crowd) {
            auto hit = start("CUP-PKL-UNKNOWN-NAME", global.bytes, Severity::High, Confidence::Likely);
            hit.message = "The file asks for " + std::to_string(m_facts.globals.size() - 1)
                + " different names and more, as no model does. Those behind them were not told apart.";
            hit.arguments["count"] = std::to_string(global.count);
            m_take(std::move(hit));
        } else if (global.how == PickleGlobal::How::Computed) {
            auto hit = start("CUP-PKL-COMPUTED-NAME", global.bytes, Severity::High, Confidence::Certain);
            for (const auto source : global.sources) {
                hit.quotes.emplace_back(source, global.path());
            }
            hit.arguments["name"] = hit.arguments["excerpt"] = global.path();
            hit.message = global.resolved ? "The name " + global.path()
                    + " is put together while loading, as only something with a reason to hide does."
                                          : "Which name is imported is only decided while loading.";
            hit.arguments["count"] = std::to_string(global.count);
            m_take(std::move(hit));
        }
    }

    void danger(const PickleGlobal& global, const Verdict& verdict, const PickleCall* called)
    {
        const bool soft = verdict.severity < Severity::High;
        const auto severity = soft ? verdict.severity : called ? verdict.severity : Severity::High;
        report(start(ruleOf(verdict.harm), called ? called->bytes : global.bytes, severity,
                   called ? Confidence::Certain : Confidence::Likely),
            global, called);
    }

    // What the usual loader does not get to is not said of it.
    [[nodiscard]] std::string loading(ByteRange at) const
    {
        const bool further = std::any_of(m_facts.oddities.begin(), m_facts.oddities.end(),
            [at](const auto& odd) { return odd.code == "trailing-load" && odd.bytes.start <= at.start; });
        return further ? "A further load, from behind the end of the first pickle," : "Loading";
    }

    void report(Hit hit, const PickleGlobal& global, const PickleCall* called)
    {
        for (const auto source : global.sources) {
            hit.quotes.emplace_back(source, global.path());
        }
        if (called) {
            hit.arguments["excerpt"] = quoted(expression(*called), hit);
            hit.message = loading(called->bytes) + " calls " + hit.arguments["excerpt"] + times(called->count) + ".";
            if (global.bytes.start != called->bytes.start) {
                // Some opcodes spell the name, the others are a byte.
                const bool spelled = global.how == PickleGlobal::How::Global || global.how == PickleGlobal::How::Inst;
                hit.evidence.push_back({"context", global.bytes, -1, 0,
                    spelled ? std::string() : "asks for the name (" + std::string(toString(global.how)) + ")"});
            }
        } else {
            hit.arguments["excerpt"] = "import " + global.path();
            hit.message = loading(global.bytes) + " imports " + global.path() + times(global.count) + ".";
        }
        hit.arguments["name"] = global.path();
        hit.arguments["count"] = std::to_string(called ? called->count : global.count);
        m_take(std::move(hit));
    }

    static void gather(ByPackage& list, const PickleGlobal& global, const PickleCall* called)
    {
        auto& entry = list[global.module.substr(0, global.module.find('.'))];
        entry.names.push_back(global.path());
        entry.places.push_back(called ? called->bytes : global.bytes);
        entry.call = entry.call ? entry.call : called;
        entry.count += called ? called->count : global.count;
    }

    // One finding for each package: a model of a framework nobody knows is one thing to know, not a hundred.
    void unknown(std::string_view rule, Severity severity, const ByPackage& list)
    {
        Gathered rest; // of more packages than anybody has
        const bool crowd = list.size() > mostPackages;
        for (const auto& [package, entry] : list) {
            if (crowd) {
                rest.names.insert(rest.names.end(), entry.names.begin(), entry.names.end());
                rest.places.insert(rest.places.end(), entry.places.begin(), entry.places.end());
                rest.call = rest.call ? rest.call : entry.call;
                rest.count += entry.count;
            } else {
                unknownOf(rule, severity, entry);
            }
        }
        if (!rest.places.empty()) {
            unknownOf(rule, severity, rest);
        }
    }

    void unknownOf(std::string_view rule, Severity severity, const Gathered& entry)
    {
        auto hit = start(rule, entry.places.front(), severity, Confidence::Possible);
        std::string names;
        for (std::size_t i = 0; i < std::min(entry.names.size(), mostNames); ++i) {
            names += (i == 0 ? "" : ", ") + entry.names[i];
        }
        const auto more = entry.names.size() - std::min(entry.names.size(), mostNames);
        names += more > 0 ? " and " + std::to_string(more) + " more" : "";
        hit.message = (entry.call ? "Loading calls what is not known: " : "Loading imports what is not known: ") + names
            + (entry.call ? ", first as " + quoted(expression(*entry.call), hit) : std::string()) + ".";
        hit.arguments["name"] = names;
        hit.arguments["excerpt"] = names;
        hit.arguments["count"] = std::to_string(entry.count);
        // Who writes the file chooses the names, and so which of them the message has: all are told with their places.
        for (std::size_t i = 1; i < std::min(entry.places.size(), mostPlaces); ++i) {
            hit.evidence.push_back({"context", entry.places[i], -1, 0, entry.names[i]});
            hit.quotes.emplace_back(entry.places[i], entry.names[i]);
        }
        for (std::size_t i = 0; i < std::min(entry.places.size(), mostNames); ++i) {
            hit.quotes.emplace_back(entry.places[i], names);
        }
        m_take(std::move(hit));
    }

    void call(const PickleCall& call)
    {
        if (call.global < 0) {
            auto hit = start("CUP-PKL-COMPUTED-CALL", call.bytes, Severity::High, Confidence::Likely);
            hit.arguments["excerpt"] = quoted(expression(call), hit);
            hit.message = "Loading calls " + hit.arguments["excerpt"] + times(call.count)
                + ": what is called there is itself the result of something.";
            hit.arguments["count"] = std::to_string(call.count);
            m_take(std::move(hit));
            return;
        }
        const auto& verdict = m_verdicts[static_cast<std::size_t>(call.global)];
        if (verdict.kind == Verdict::Kind::Unresolved) {
            auto hit = start("CUP-PKL-COMPUTED-CALL", call.bytes, Severity::High, Confidence::Certain);
            hit.message = m_facts.globals[static_cast<std::size_t>(call.global)].crowd
                ? "Loading calls one of the names that are too many to be told apart."
                : "Loading calls a name that is only decided while loading.";
            m_take(std::move(hit));
        }
        if (verdict.kind != Verdict::Kind::Benign) {
            return;
        }
        const auto broken = brokenContract(m_facts, call, verdict);
        if (broken.empty()) {
            return;
        }
        const bool attribute = verdict.contract == Contract::MethodOfClass;
        auto hit = start(attribute ? "CUP-PKL-IMPORT" : "CUP-PKL-CONTRACT", call.bytes, severityOfBroken(verdict),
            Confidence::Likely);
        hit.arguments["excerpt"] = quoted(expression(call), hit);
        hit.message = "Loading calls " + hit.arguments["excerpt"] + ": " + broken + ".";
        hit.arguments["name"] = m_facts.globals[static_cast<std::size_t>(call.global)].path();
        hit.arguments["count"] = std::to_string(call.count);
        m_take(std::move(hit));
    }

    void states()
    {
        for (const auto& state : m_facts.stateTexts) {
            const auto acting = actingState(m_facts, state);
            if (acting.rule.empty()) {
                continue;
            }
            auto hit = start(acting.rule, state.bytes, acting.severity, Confidence::Certain);
            hit.arguments["excerpt"] = quoted(state.shown, hit);
            hit.arguments["name"] =
                m_facts.globals[static_cast<std::size_t>(state.global)].path() + '.' + std::string(state.key);
            hit.message =
                "Loading restores " + hit.arguments["excerpt"] + ": its class " + std::string(acting.why) + ".";
            m_take(std::move(hit));
        }
    }

    void changes()
    {
        for (const auto& change : m_facts.changes) {
            auto hit = start(change.foreign ? "CUP-PKL-FOREIGN-CHANGE" : "CUP-PKL-STATE", change.bytes, Severity::High,
                Confidence::Certain);
            hit.arguments["excerpt"] = quoted(change.shown, hit);
            hit.message = (change.foreign ? std::string("Loading changes something that it did not make: ")
                                  : change.kind == formats::PickleChange::Kind::State
                                  ? "Loading gives an object " + change.special + ", which Python acts on: "
                                  : "Loading writes into the memory of a tensor: ")
                + hit.arguments["excerpt"] + ".";
            hit.arguments["count"] = std::to_string(change.count);
            m_take(std::move(hit));
        }
    }

    const PickleFacts& m_facts;
    std::uint64_t m_size;
    const std::function<void(Hit)>& m_take;
    std::vector<Verdict> m_verdicts;
    std::map<std::size_t, const PickleCall*> m_handedTo; // names that are given to a function that is known
    ByPackage m_unknownCalls;
    ByPackage m_unknownNames;
};

} // namespace

void describe(RuleList& list)
{
    describeFromTexts("pickle", list);
    describeTargets(list);
}

void check(const RuleInput& input, FindingSink& sink)
{
    checkTargets(input, sink);
    checkSkopsTypes(input, sink);
    if (const auto* facts = formats::pickleFacts(input.facts)) {
        const std::function<void(Hit)> take = [&sink](Hit hit) { sink.add(std::move(hit)); };
        Judge judge(*facts, input.artifact.view().size(), take);
        judge.doings();
        eachOddity(*facts, input.artifact.view().size(), take);
    }
}

void eachDoing(const PickleFacts& facts, std::uint64_t size, const std::function<void(Hit)>& take)
{
    Judge(facts, size, take).doings();
}

std::vector<Verdict> verdictsAsUsed(const PickleFacts& facts)
{
    std::vector<Verdict> out;
    out.reserve(facts.globals.size());
    for (const auto& global : facts.globals) {
        out.push_back(pickle::judge(global));
    }
    for (const auto& call : facts.calls) {
        if (call.global < 0) {
            continue;
        }
        auto& verdict = out[static_cast<std::size_t>(call.global)];
        if (verdict.kind == Verdict::Kind::Benign && !brokenContract(facts, call, verdict).empty()) {
            verdict.severity = severityOfBroken(verdict);
            verdict.harm = verdict.contract == Contract::MethodOfClass ? Harm::Import : Harm::Soft;
            verdict.kind = Verdict::Kind::Danger;
            verdict.byUse = true;
        }
    }
    return out;
}

std::uint64_t loadedEnd(const PickleFacts& facts)
{
    auto streams = facts.streams;
    std::stable_sort(
        streams.begin(), streams.end(), [](const auto& a, const auto& b) { return a.bytes.start < b.bytes.start; });
    const bool all = facts.streamCount <= streams.size(); // are listed
    std::uint64_t end = 0;
    bool broken = false;
    // Raw numbers of tensors may stand between two streams; what nobody reads there was told as an oddity.
    const auto strange = [&facts](std::uint64_t at) {
        return std::any_of(facts.oddities.begin(), facts.oddities.end(),
            [at](const auto& odd) { return odd.code.starts_with("trailing") && odd.bytes.start == at; });
    };
    for (const auto& stream : streams) {
        if (all && (broken ? stream.bytes.start >= end : stream.bytes.start > end && strange(end))) {
            break;
        }
        broken = broken || !stream.stopped;
        end = std::max({end, stream.bytes.end, stream.stopped ? 0 : stream.problemAt + 1});
    }
    return end;
}

} // namespace cupel::rules::pickle
