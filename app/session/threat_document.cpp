// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/threat_document.h"

#include "analyzers/engine/file_source.h"
#include "analyzers/report/threats/document_yaml.h"
#include "analyzers/report/threats/file_edit.h"
#include "analyzers/threats/work/team_fit.h"
#include "app/session/threat_exchange.h"
#include "app/session/threat_file.h"
#include "app/settings/saver.h"
#include "widgets/models/shown_text.h"
#include "widgets/models/threat_state.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <array>
#include <utility>
#include <vector>

namespace cupel::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ThreatDocument)
};

QByteArray digestOf(ByteView bytes)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return hash.result().toHex();
}

QString kindWord(const std::string& kind)
{
    return kind == "element" ? Words::tr("element")
        : kind == "flow"     ? Words::tr("flow")
        : kind == "zone"     ? Words::tr("zone")
                             : Words::tr("threat");
}

QString factWord(const std::string& fact)
{
    static const std::array<std::pair<std::string_view, const char*>, 18> words{
        {{"name", QT_TRANSLATE_NOOP("ThreatDocument", "name")}, {"title", QT_TRANSLATE_NOOP("ThreatDocument", "title")},
            {"description", QT_TRANSLATE_NOOP("ThreatDocument", "description")},
            {"zone", QT_TRANSLATE_NOOP("ThreatDocument", "zone: its place on the drawing says another")},
            {"inside", QT_TRANSLATE_NOOP("ThreatDocument", "zone around it: its place on the drawing says another")},
            {"kind", QT_TRANSLATE_NOOP("ThreatDocument", "kind")},
            {"source", QT_TRANSLATE_NOOP("ThreatDocument", "where it comes from")},
            {"target", QT_TRANSLATE_NOOP("ThreatDocument", "where it leads")},
            {"trust", QT_TRANSLATE_NOOP("ThreatDocument", "trust")},
            {"mitigation", QT_TRANSLATE_NOOP("ThreatDocument", "what to do")},
            {"decision", QT_TRANSLATE_NOOP("ThreatDocument", "decision")},
            {"applicability", QT_TRANSLATE_NOOP("ThreatDocument", "whether it applies")},
            {"reason", QT_TRANSLATE_NOOP("ThreatDocument", "reason")},
            {"until", QT_TRANSLATE_NOOP("ThreatDocument", "date")},
            {"assignee", QT_TRANSLATE_NOOP("ThreatDocument", "who works on it")},
            {"likelihood", QT_TRANSLATE_NOOP("ThreatDocument", "likelihood")},
            {"impact", QT_TRANSLATE_NOOP("ThreatDocument", "impact")},
            {"out of scope", QT_TRANSLATE_NOOP("ThreatDocument", "scope")}}};
    for (const auto& [name, word] : words) {
        if (name == fact) {
            return Words::tr(word);
        }
    }
    constexpr std::string_view attribute = "attribute ";
    return fact.starts_with(attribute) ? widgets::attributeWord(std::string(fact.substr(attribute.size())))
                                       : widgets::shownText(fact);
}

// `named`: names are said; not where one may be a credential.
QStringList wordsOf(const report::EditedFile& edited, bool named)
{
    constexpr qsizetype most = 6; // of single parts
    QStringList out;
    qsizetype more = 0;
    for (const auto& change : edited.lost.changes) {
        const QString name =
            named ? widgets::shownText(change.name.empty() ? change.id : change.name) : QStringLiteral("\u2026");
        QStringList facts;
        for (const auto& fact : change.facts) {
            facts += factWord(fact.fact);
        }
        if (out.size() >= most) {
            ++more;
        } else if (change.what == threats::PartChange::What::Changed) {
            out +=
                Words::tr("%1 \u201c%2\u201d: %3").arg(kindWord(change.kind), name, facts.join(QStringLiteral(", ")));
        } else if (change.what == threats::PartChange::What::Removed) { // of the model: the file has it not
            out += Words::tr("%1 \u201c%2\u201d: all of it").arg(kindWord(change.kind), name);
        } else {
            out += Words::tr("%1 \u201c%2\u201d: that it is gone").arg(kindWord(change.kind), name);
        }
    }
    if (more > 0) {
        out += Words::tr("and %n more part(s)", nullptr, static_cast<int>(more));
    }
    if (edited.controls > 0) {
        out += Words::tr("the state or the note of %n control(s)", nullptr, static_cast<int>(edited.controls));
    }
    if (edited.answers > 0) {
        out += Words::tr("%n answer(s) to questions", nullptr, static_cast<int>(edited.answers));
    }
    if (edited.comments) {
        out += Words::tr("comments between the lines: they are lost, except those at the top");
    }
    return out;
}

// Why not, for whoever wants to change that; empty: its form, or it was read only in part.
QString reasonOf(const threats::Imported& imported)
{
    const auto& document = imported.model.document;
    switch (document && document->tree ? document->tree->loss() : DataLoss::None) {
    case DataLoss::Encoding:
        return Words::tr("it holds bytes that are no valid Unicode, which saving would change");
    case DataLoss::Long:
        return Words::tr("it holds a text that is too long to be kept whole");
    case DataLoss::Tag:
        return Words::tr("it holds tags of YAML, which saving would lose");
    case DataLoss::Key:
        return Words::tr("it holds keys of YAML that are no texts, which saving would lose");
    case DataLoss::Alias:
        return Words::tr("it holds anchors of YAML, which saving would lose");
    case DataLoss::None:
        break;
    }
    return {};
}

constexpr std::size_t mostOfHead = 128; // bytes of the first line
constexpr const char* shortenedMark = " shortened";

// What was not saved the last time, if the file is still the one that it was made of.
bool readDraft(const QString& path, const QByteArray& digest, threats::TeamModel& team, bool& shortened)
{
    QFile file(path);
    if (QFileInfo(path).isSymLink() || file.size() > static_cast<qint64>(mostOfHead + mostTeamBytes)
        || !file.open(QIODevice::ReadOnly)) {
        return false;
    }
    const QByteArray head = file.readLine(mostOfHead).trimmed();
    shortened = head == digest + shortenedMark;
    if (!shortened && head != digest) {
        return false;
    }
    const QByteArray rest = file.readAll();
    std::vector<std::string> troubles;
    auto kept = threats::read(ByteView(rest.constData(), static_cast<std::size_t>(rest.size())), troubles);
    if (!troubles.empty()) {
        return false;
    }
    team = std::move(kept);
    return true;
}

// What was kept and is not taken: under another name, so that nothing is written over it. Empty: there is nothing, or
// it cannot be moved (`stuck`).
QString setAside(const QString& draft, bool& stuck)
{
    constexpr int most = 1'000;
    if (QFileInfo(draft).isSymLink() || QFileInfo(draft).size() == 0) {
        return {};
    }
    for (int i = 1; i <= most; ++i) {
        const QString name = draft + QStringLiteral(".kept-%1").arg(i);
        if (!QFileInfo::exists(name)) {
            stuck = !QFile::rename(draft, name);
            return stuck ? QString() : name;
        }
    }
    stuck = true;
    return {};
}

} // namespace

bool looksLikeThreatDocument(const QString& path)
{
    constexpr qint64 head = 16 << 10;
    const QFileInfo info(path);
    static const QStringList suffixes{
        QStringLiteral("json"), QStringLiteral("otm"), QStringLiteral("yaml"), QStringLiteral("yml")};
    QFile file(path);
    if (!info.isFile() || !suffixes.contains(info.suffix().toLower()) || !file.open(QIODevice::ReadOnly)) {
        return false;
    }
    const QByteArray text = file.read(head);
    return text.contains("otmVersion") || (text.contains("\"summary\"") && text.contains("\"detail\""));
}

OpenedThreats openThreatDocument(const QString& path, const QString& draft, const std::stop_token& stop)
{
    OpenedThreats out;
    const QString name = QFileInfo(path).fileName();
    Budget budget(Limits{}, stop);
    const auto bytes = engine::readFile(path.toStdString(), budget);
    if (!bytes) {
        out.trouble = Words::tr("%1 could not be read.").arg(name);
        return out;
    }
    auto document = std::make_shared<ThreatDocument>();
    document->path = path;
    document->bytes = std::string(ByteView(*bytes.value()));
    document->digest = digestOf(document->bytes);
    auto imported = threats::importModel(document->bytes, budget);
    if (!imported) {
        out.trouble = Words::tr("%1 is no threat model that can be read: %2.")
                          .arg(name, widgets::shownText(imported.error().detail));
        return out;
    }
    const auto format = threats::nameOf(imported.value().format);
    document->format = QString::fromUtf8(format.data(), static_cast<qsizetype>(format.size()));
    if (!threats::canEdit(imported.value()) || report::severalDocuments(document->bytes)) {
        const QString reason = reasonOf(imported.value());
        out.trouble = reason.isEmpty()
            ? Words::tr("%1 (%2) cannot be saved in its own form: take it over into the model of the folder.")
                  .arg(name, document->format)
            : Words::tr("%1 (%2) cannot be saved in its own form, as %3: take it over into the model of the folder.")
                  .arg(name, document->format, reason);
        return out;
    }
    document->file = threats::fileModelOf(std::move(imported).value(), budget);
    document->holdsCredential = holdsCredential(document->file.team, stop);
    if (budget.stopped()) {
        return out;
    }
    out.team = document->file.team;
    const bool taken = readDraft(draft, document->digest, out.team, out.shortened);
    out.restored = taken && !(out.team == document->file.team);
    if (bool stuck = false; !taken) {
        out.aside = setAside(draft, stuck);
        if (stuck) {
            out.trouble = Words::tr("%1 was not opened: changes that were not saved cannot be kept.").arg(name);
            return out;
        }
    }
    out.document = std::move(document);
    return out;
}

ThreatSaved saveThreatDocument(const ThreatSave& request, const std::stop_token& stop)
{
    ThreatSaved out;
    out.team = request.team;
    const ThreatDocument& document = *request.document;
    const QString name = QFileInfo(document.path).fileName();
    Budget budget(Limits{}, stop);
    const auto edited = report::editFile(document.bytes, document.file, request.team, budget);
    if (!edited) {
        out.trouble = Words::tr("%1 was not saved: %2.").arg(name, widgets::shownText(edited.error().detail));
        return out;
    }
    if (!edited.value().whole() && !request.anyway) {
        out.lost = wordsOf(edited.value(), !document.holdsCredential);
        return out;
    }
    const auto now = engine::readFile(document.path.toStdString(), budget);
    if (!now || digestOf(ByteView(*now.value())) != request.onDisk) {
        out.trouble =
            Words::tr("%1 was changed by someone else; it was left alone. Save your model as Cupel\u2019s own.")
                .arg(name);
        return out;
    }
    const QByteArray bytes = QByteArray::fromStdString(edited.value().bytes);
    if (stop.stop_requested() || !writeDurably(document.path, bytes, FileMode::AsFolder)) {
        out.trouble = Words::tr("%1 cannot be written.").arg(QDir::toNativeSeparators(document.path));
        return out;
    }
    out.digest = digestOf(edited.value().bytes);
    return out;
}

QString draftPath(const QString& stateFolder, const QString& file)
{
    const QString absolute = QFileInfo(file).absoluteFilePath();
    return stateFolder + QStringLiteral("/threat-drafts/")
        + QString::fromLatin1(digestOf(absolute.toStdString()).left(32)) + QStringLiteral(".jsonl");
}

std::optional<QByteArray> draftOf(const QByteArray& onDisk, const threats::TeamModel& team)
{
    const auto fitting = threats::writeWithin(team, mostTeamBytes);
    if (!fitting) {
        return std::nullopt;
    }
    return onDisk + (fitting->shortened > 0 ? shortenedMark : "") + '\n' + QByteArray::fromStdString(fitting->text);
}

} // namespace cupel::app
