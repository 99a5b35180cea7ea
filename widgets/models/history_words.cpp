// SPDX-License-Identifier: GPL-3.0-or-later
// Events and changes of a threat model in words of the user. A word that is not known is shown as the file has it.
#include "widgets/models/history_state.h"

#include "analyzers/threats/knowledge/tables.h"
#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"
#include "widgets/models/threat_state.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>

namespace cupel::widgets {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(History)
};

constexpr std::string_view arrow = " -> ";

QString shown(std::string_view text)
{
    return shownText(std::string(text));
}

template <typename Value, int Count> bool valueWord(std::string_view text, QString& out)
{
    for (int i = 0; i < Count; ++i) {
        if (threats::toString(static_cast<Value>(i)) == text) {
            out = word(static_cast<Value>(i));
            return true;
        }
    }
    return false;
}

QString controlWord(std::string_view text)
{
    return text == "proposed" ? Words::tr("proposed")
        : text == "in-place"  ? Words::tr("in place")
        : text == "verified"  ? Words::tr("verified")
        : text == "none"      ? Words::tr("none")
                              : shown(text);
}

// A state of a decision or of evidence, or a severity; anything else as it stands.
QString stateWord(std::string_view text)
{
    QString out;
    if (text == "nothing") {
        return Words::tr("undecided");
    }
    if (valueWord<threats::Applicability, 3>(text, out) || valueWord<threats::Decision, 7>(text, out)
        || valueWord<threats::EvidenceState, 6>(text, out)) {
        return out;
    }
    for (int i = 0; i < 5; ++i) {
        if (toString(static_cast<Severity>(i)) == text) {
            return word(static_cast<Severity>(i));
        }
    }
    return shown(text);
}

QString factWord(std::string_view fact)
{
    static constexpr std::array<std::pair<std::string_view, const char*>, 26> words{{
        {"name", QT_TRANSLATE_NOOP("History", "Name")},
        {"title", QT_TRANSLATE_NOOP("History", "Title")},
        {"description", QT_TRANSLATE_NOOP("History", "Description")},
        {"kind", QT_TRANSLATE_NOOP("History", "Kind")},
        {"element", QT_TRANSLATE_NOOP("History", "Element")},
        {"zone", QT_TRANSLATE_NOOP("History", "Zone")},
        {"source", QT_TRANSLATE_NOOP("History", "Source")},
        {"target", QT_TRANSLATE_NOOP("History", "Target")},
        {"out of scope", QT_TRANSLATE_NOOP("History", "Out of scope")},
        {"reason out of scope", QT_TRANSLATE_NOOP("History", "Why out of scope")},
        {"answer", QT_TRANSLATE_NOOP("History", "Answer")},
        {"assignee", QT_TRANSLATE_NOOP("History", "Assignee")},
        {"part of", QT_TRANSLATE_NOOP("History", "Part of")},
        {"both ways", QT_TRANSLATE_NOOP("History", "Both ways")},
        {"inside", QT_TRANSLATE_NOOP("History", "Inside")},
        {"trust", QT_TRANSLATE_NOOP("History", "Trust")},
        {"mitigation", QT_TRANSLATE_NOOP("History", "What to do")},
        {"severity", QT_TRANSLATE_NOOP("History", "Severity")},
        {"applicability", QT_TRANSLATE_NOOP("History", "Applicability")},
        {"evidence", QT_TRANSLATE_NOOP("History", "Evidence")},
        {"decision", QT_TRANSLATE_NOOP("History", "Decision")},
        {"reason", QT_TRANSLATE_NOOP("History", "Reason")},
        {"author", QT_TRANSLATE_NOOP("History", "Decided by")},
        {"until", QT_TRANSLATE_NOOP("History", "Until")},
        {"likelihood", QT_TRANSLATE_NOOP("History", "Likelihood")},
        {"impact", QT_TRANSLATE_NOOP("History", "Impact")},
    }};
    const auto found = std::find_if(words.begin(), words.end(), [fact](const auto& one) { return one.first == fact; });
    constexpr std::string_view prefix = "attribute ";
    return found != words.end()    ? Words::tr(found->second)
        : fact == "controls"       ? Words::tr("Controls")
        : fact == "risk"           ? Words::tr("Risk")
        : fact.starts_with(prefix) ? attributeWord(std::string(fact.substr(prefix.size())))
                                   : attributeWord(std::string(fact));
}

// A control of the catalogue by its title, one of their own as they wrote it.
QString controlName(std::string_view control)
{
    const auto title = threats::titleOf(control);
    return shown(title.empty() ? control : title);
}

QString controlNames(std::string_view list)
{
    QStringList names;
    for (const QString& one :
        QString::fromUtf8(list.data(), static_cast<qsizetype>(list.size())).split(QStringLiteral(", "))) {
        names += controlName(one.toStdString());
    }
    return names.join(QStringLiteral(", "));
}

// What stands there as an id has a name.
QString namedValue(std::string_view fact, std::string_view value, const NameOf& nameOf)
{
    static constexpr std::array<std::string_view, 6> links{"zone", "source", "target", "part of", "inside", "element"};
    if (std::find(links.begin(), links.end(), fact) != links.end()) {
        return value.empty() ? Words::tr("none") : nameOf(std::string(value));
    }
    return fact == "kind"    ? kindWord(std::string(value))
        : fact == "controls" ? controlNames(value)
        : value == "yes"     ? Words::tr("yes")
        : value == "no"      ? Words::tr("no")
                             : shown(value);
}

// Changes that are one fixed sentence.
QString fixedWords(std::string_view change)
{
    static constexpr std::array<std::pair<std::string_view, const char*>, 12> words{{
        {"add element", QT_TRANSLATE_NOOP("History", "Element added")},
        {"add flow", QT_TRANSLATE_NOOP("History", "Flow added")},
        {"add zone", QT_TRANSLATE_NOOP("History", "Zone added")},
        {"delete element", QT_TRANSLATE_NOOP("History", "Element deleted")},
        {"delete flow", QT_TRANSLATE_NOOP("History", "Flow deleted")},
        {"delete zone", QT_TRANSLATE_NOOP("History", "Zone deleted")},
        {"hide", QT_TRANSLATE_NOOP("History", "Hidden")},
        {"bring back", QT_TRANSLATE_NOOP("History", "Brought back")},
        {"move", QT_TRANSLATE_NOOP("History", "Moved in the drawing")},
        {"add threat", QT_TRANSLATE_NOOP("History", "Threat written")},
        {"edit threat", QT_TRANSLATE_NOOP("History", "Threat edited")},
        {"delete threat", QT_TRANSLATE_NOOP("History", "Threat deleted")},
    }};
    const auto found =
        std::find_if(words.begin(), words.end(), [change](const auto& one) { return one.first == change; });
    return found == words.end() ? QString() : Words::tr(found->second);
}

QString namedFact(std::string_view left, std::string_view right, const NameOf& nameOf)
{
    const auto blank = left.find(' ');
    constexpr std::string_view scope = "out of scope ";
    const auto length = left.starts_with(scope) ? scope.size() - 1 : blank;
    const auto fact = left.substr(0, length);
    const auto said = [&](std::string_view value) {
        return value != "as scanned" ? (value == "nobody" ? Words::tr("nobody") : namedValue(fact, value, nameOf))
            : fact == "answer"       ? Words::tr("none")
                                     : Words::tr("as scanned");
    };
    return Words::tr("%1: %2, then %3").arg(factWord(fact), said(left.substr(length + 1)), said(right));
}

} // namespace

QString changeWords(const threats::Event& event, const NameOf& nameOf)
{
    const std::string_view change = event.change;
    if (QString fixed = fixedWords(change); !fixed.isEmpty()) {
        return fixed;
    }
    const auto at = change.find(arrow);
    if (at == std::string_view::npos) {
        return shown(change);
    }
    auto left = change.substr(0, at);
    const auto right = change.substr(at + arrow.size());
    constexpr std::string_view control = "control ";
    constexpr std::string_view moved = "moved ";
    constexpr std::string_view evidence = "evidence ";
    if (left.starts_with(control)) {
        const auto blank = left.rfind(' ');
        return Words::tr("Control %1: %2, then %3")
            .arg(controlName(left.substr(control.size(), std::max(blank, control.size()) - control.size())),
                controlWord(left.substr(blank + 1)), controlWord(right));
    }
    if (left.starts_with(moved)) {
        return Words::tr("File moved: %1, now %2").arg(shown(left.substr(moved.size())), shown(right));
    }
    if (left.starts_with(evidence)) {
        return Words::tr("Evidence: %1, then %2").arg(stateWord(left.substr(evidence.size())), stateWord(right));
    }
    return left.find(' ') == std::string_view::npos
        ? Words::tr("Decision: %1, then %2").arg(stateWord(left), stateWord(right))
        : namedFact(left, right, nameOf);
}

QString momentWords(const std::string& at)
{
    constexpr std::size_t date = 10;
    constexpr std::size_t minutes = 16;
    return at.size() >= minutes && at[date] == 'T'
        ? shownText(at.substr(0, date) + ' ' + at.substr(date + 1, minutes - date - 1))
        : shownText(at);
}

QString factWords(const threats::FactChange& fact, const NameOf& nameOf)
{
    const bool state =
        fact.fact == "decision" || fact.fact == "applicability" || fact.fact == "evidence" || fact.fact == "severity";
    const auto said = [&](const std::string& value) {
        return value.empty() ? Words::tr("nothing") : state ? stateWord(value) : namedValue(fact.fact, value, nameOf);
    };
    return Words::tr("%1: %2, then %3").arg(factWord(fact.fact), said(fact.before), said(fact.after));
}

} // namespace cupel::widgets
