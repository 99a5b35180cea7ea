// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/contested.h"
#include "analyzers/threats/knowledge/attribute_words.h"
#include "widgets/models/shown_text.h"
#include "widgets/models/threat_state.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <iterator>

namespace cupel::widgets {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ThreatWords)
};

struct Kind {
    const char* id;
    const char* word;
};
constexpr Kind kinds[] = {{"actor", QT_TRANSLATE_NOOP("ThreatWords", "actor")},
    {"adapter", QT_TRANSLATE_NOOP("ThreatWords", "adapter")}, {"agent", QT_TRANSLATE_NOOP("ThreatWords", "agent")},
    {"agent-memory", QT_TRANSLATE_NOOP("ThreatWords", "memory of an agent")},
    {"agent-tool", QT_TRANSLATE_NOOP("ThreatWords", "tool of an agent")},
    {"ci-cd", QT_TRANSLATE_NOOP("ThreatWords", "build pipeline")},
    {"container-image", QT_TRANSLATE_NOOP("ThreatWords", "container image")},
    {"data-prep", QT_TRANSLATE_NOOP("ThreatWords", "data preparation")},
    {"data-source", QT_TRANSLATE_NOOP("ThreatWords", "data source")},
    {"dataset", QT_TRANSLATE_NOOP("ThreatWords", "data set")},
    {"evaluation", QT_TRANSLATE_NOOP("ThreatWords", "evaluation")},
    {"feature-store", QT_TRANSLATE_NOOP("ThreatWords", "feature store")},
    {"inference-endpoint", QT_TRANSLATE_NOOP("ThreatWords", "endpoint")},
    {"labelling", QT_TRANSLATE_NOOP("ThreatWords", "labelling")},
    {"llm-app", QT_TRANSLATE_NOOP("ThreatWords", "LLM application")},
    {"llm-provider", QT_TRANSLATE_NOOP("ThreatWords", "LLM provider")},
    {"mcp-server", QT_TRANSLATE_NOOP("ThreatWords", "MCP server")},
    {"model-file", QT_TRANSLATE_NOOP("ThreatWords", "model file")},
    {"model-registry", QT_TRANSLATE_NOOP("ThreatWords", "model registry")},
    {"monitoring", QT_TRANSLATE_NOOP("ThreatWords", "monitoring")},
    {"notebook", QT_TRANSLATE_NOOP("ThreatWords", "notebook")},
    {"package-index", QT_TRANSLATE_NOOP("ThreatWords", "package index")},
    {"person", QT_TRANSLATE_NOOP("ThreatWords", "person")}, {"process", QT_TRANSLATE_NOOP("ThreatWords", "process")},
    {"secret-store", QT_TRANSLATE_NOOP("ThreatWords", "store of secrets")},
    {"store", QT_TRANSLATE_NOOP("ThreatWords", "store")},
    {"training-job", QT_TRANSLATE_NOOP("ThreatWords", "training job")},
    {"vector-store", QT_TRANSLATE_NOOP("ThreatWords", "vector store")}};

} // namespace

QString word(threats::EvidenceState state)
{
    switch (state) {
    case threats::EvidenceState::Unknown:
        return Words::tr("Unknown");
    case threats::EvidenceState::Confirmed:
        return Words::tr("Confirmed");
    case threats::EvidenceState::Refuted:
        return Words::tr("Refuted");
    case threats::EvidenceState::Contested:
        return Words::tr("Contested");
    case threats::EvidenceState::Stale:
        return Words::tr("Stale");
    case threats::EvidenceState::Fixed:
        return Words::tr("Fixed");
    }
    return {};
}

QString word(threats::Decision decision)
{
    switch (decision) {
    case threats::Decision::Open:
        return Words::tr("Open");
    case threats::Decision::InProgress:
        return Words::tr("In progress");
    case threats::Decision::Mitigated:
        return Words::tr("Mitigated");
    case threats::Decision::Accepted:
        return Words::tr("Accepted");
    case threats::Decision::Transferred:
        return Words::tr("Transferred");
    case threats::Decision::Avoided:
        return Words::tr("Avoided");
    case threats::Decision::Eliminated:
        return Words::tr("Eliminated");
    }
    return {};
}

QString word(threats::Flag flag)
{
    switch (flag) {
    case threats::Flag::None:
        return {};
    case threats::Flag::Regressed:
        return Words::tr("Regressed");
    case threats::Flag::StillThere:
        return Words::tr("Still there");
    case threats::Flag::Due:
        return Words::tr("Due");
    case threats::Flag::Conflict:
        return Words::tr("Conflict");
    case threats::Flag::CanClose:
        return Words::tr("Can be closed");
    }
    return {};
}

QString word(threats::Applicability applicability)
{
    switch (applicability) {
    case threats::Applicability::Proposed:
        return Words::tr("Proposed");
    case threats::Applicability::Applies:
        return Words::tr("Applies");
    case threats::Applicability::NotApplicable:
        return Words::tr("Not applicable");
    }
    return {};
}

QString ghostWord()
{
    return Words::tr("no longer found");
}

const std::vector<std::string>& paletteKinds()
{
    static const std::vector<std::string> out{"notebook", "data-source", "dataset", "data-prep", "feature-store",
        "labelling", "training-job", "evaluation", "model-file", "adapter", "model-registry", "inference-endpoint",
        "llm-app", "llm-provider", "vector-store", "agent", "agent-tool", "agent-memory", "mcp-server", "monitoring",
        "ci-cd", "package-index", "container-image", "secret-store", "person", "actor", "process", "store"};
    return out;
}

bool isKnownKind(const std::string& kind)
{
    const auto& all = paletteKinds();
    return std::find(all.begin(), all.end(), kind) != all.end();
}

QString kindWord(const std::string& kind)
{
    const auto found =
        std::find_if(std::begin(kinds), std::end(kinds), [&kind](const Kind& one) { return kind == one.id; });
    return found == std::end(kinds) ? shownText(kind) : Words::tr(found->word);
}

QString attributeWord(const std::string& key)
{
    const auto* row = threats::wordsOfAttribute(key);
    return row ? Words::tr(row->words) : shownText(threats::plainWords(key));
}

QString valueWord(const std::string& key, const std::string& value)
{
    switch (threats::saidOf(value)) {
    case threats::Said::Unknown:
        return Words::tr("not known");
    case threats::Said::Yes:
        return Words::tr("yes");
    case threats::Said::No:
        return Words::tr("no");
    case threats::Said::Value:
        break;
    }
    return key == "kind"   ? kindWord(value)
        : key == "finding" ? shownText(threats::plainWords(value))
                           : shownText(value);
}

QString contestWord(const threats::Threat& threat)
{
    const auto count = static_cast<int>(threat.findings.size());
    switch (threats::contestOf(threat)) {
    case threats::Contest::None:
        return {};
    case threats::Contest::NotApplicable:
        return Words::tr("%n finding(s) confirm it, but it was called not applicable.", nullptr, count);
    case threats::Contest::Applies:
        return Words::tr("It was said to apply, but %1 of %2 kinds of findings were looked for and none was found.")
            .arg(threat.checked)
            .arg(threat.checks);
    case threats::Contest::Facts:
        break;
    }
    QStringList facts;
    for (const auto& reason : threat.against) {
        facts += Words::tr("%1: %2").arg(reasonWord(reason), valueWord(reason.key, reason.value));
    }
    return Words::tr("%n finding(s) confirm it, but something that is known says otherwise (%1).", nullptr, count)
        .arg(facts.join(QStringLiteral("; ")));
}

QString reasonWord(const threats::Reason& reason)
{
    return reason.key == "finding" ? Words::tr("the scan found") : attributeWord(reason.key);
}

} // namespace cupel::widgets
