// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/compare_detail.h"

#include "widgets/models/shown_text.h"

#include <algorithm>
#include <utility>

namespace cupel::widgets {

namespace {

using Line = fixes::PreviewRow;

struct Fact {
    QString name;
    QString before; // empty: not on this side
    QString after;
};

// Names in a column of their own; what differs is marked.
std::vector<Line> factLines(const std::vector<Fact>& facts)
{
    qsizetype width = 0;
    for (const auto& fact : facts) {
        width = std::max(width, fact.name.size());
    }
    const auto side = [&](const Fact& fact, const QString& value, const QString& other) {
        fixes::PreviewSide out;
        const QByteArray name = (fact.name.leftJustified(width) + QStringLiteral("  ")).toUtf8();
        const QByteArray text = name + value.toUtf8();
        out.text = text.toStdString();
        if (value != other && !other.isEmpty()) {
            out.changed = {static_cast<std::uint64_t>(name.size()), static_cast<std::uint64_t>(text.size())};
            out.spans = {out.changed};
        }
        return out;
    };
    std::vector<Line> out;
    for (const auto& fact : facts) {
        Line line;
        line.kind = fact.before.isEmpty() ? Line::Kind::Added
            : fact.after.isEmpty()        ? Line::Kind::Removed
            : fact.before == fact.after   ? Line::Kind::Same
                                          : Line::Kind::Changed;
        line.before = fact.before.isEmpty() ? fixes::PreviewSide() : side(fact, fact.before, fact.after);
        line.after = fact.after.isEmpty() ? fixes::PreviewSide() : side(fact, fact.after, fact.before);
        out.push_back(std::move(line));
    }
    return out;
}

QString factName(review::TensorFigure::What what)
{
    using What = review::TensorFigure::What;
    switch (what) {
    case What::Type:
        return CompareDetail::tr("Type");
    case What::Shape:
        return CompareDetail::tr("Shape");
    case What::Place:
        return CompareDetail::tr("File");
    case What::Elements:
        return CompareDetail::tr("Elements");
    case What::Least:
        return CompareDetail::tr("Smallest");
    case What::Most:
        return CompareDetail::tr("Largest");
    case What::Mean:
        return CompareDetail::tr("Mean");
    case What::NotNumbers:
        return CompareDetail::tr("NaN");
    case What::Infinite:
        return CompareDetail::tr("Infinite");
    case What::Digest:
        break;
    }
    return CompareDetail::tr("SHA-256");
}

std::vector<Line> tensorLines(const review::TensorChange& change)
{
    std::vector<Fact> facts;
    if (change.kind == review::ModelChange::Renamed) {
        facts.push_back({CompareDetail::tr("Name"), shownText(change.was), shownText(change.name)});
    }
    for (const auto& figure : review::tensorFigures(change)) {
        facts.push_back({factName(figure.what), shownText(figure.before), shownText(figure.after)});
    }
    return factLines(facts);
}

std::vector<Line> memberLines(const review::MemberChange& change)
{
    const auto size = [](const auto& side) {
        return side ? CompareDetail::tr(
                          "%n byte(s)", nullptr, static_cast<int>(std::min<std::uint64_t>(side->bytes, 2'000'000'000)))
                    : QString();
    };
    const auto digest = [](const auto& side) { return side ? QString::fromStdString(side->sha256) : QString(); };
    std::vector<Fact> facts{{CompareDetail::tr("Size"), size(change.before), size(change.after)},
        {CompareDetail::tr("SHA-256"), digest(change.before), digest(change.after)}};
    if (change.bytes) {
        const QString differ = compareBytes(*change.bytes);
        facts.push_back({CompareDetail::tr("Bytes"), differ, differ});
    }
    return factLines(facts);
}

std::vector<Line> nameLines(const review::NameChange& change)
{
    const auto count = [](std::uint64_t value) { return value > 0 ? QString::number(value) : QString(); };
    return factLines({{CompareDetail::tr("How often"), count(change.before), count(change.after)}});
}

QString sameName(CompareSection section)
{
    return section == CompareSection::Members ? CompareDetail::tr("Size")
        : section == CompareSection::Tensors  ? CompareDetail::tr("Type and shape")
        : section == CompareSection::Metadata ? CompareDetail::tr("Value")
        : section == CompareSection::Programs ? CompareDetail::tr("Lines")
                                              : CompareDetail::tr("How often");
}

} // namespace

void CompareDetail::show(CompareTablesPtr tables, std::optional<CompareTreeModel::Place> place)
{
    m_tables = std::move(tables);
    m_place = place && place->item ? place : std::nullopt;
    rebuild();
}

void CompareDetail::setInline(bool oneColumn)
{
    if (std::exchange(m_inline, oneColumn) != oneColumn) {
        rebuild();
    }
}

std::vector<Line> CompareDetail::lines() const
{
    if (comparedSame(*m_tables, m_place->section, *m_place->item)) {
        const QString cell = compareCell(*m_tables, m_place->section, *m_place->item, CompareColumn::After);
        return cell.isEmpty() ? std::vector<Line>() : factLines({{sameName(m_place->section), cell, cell}});
    }
    const auto& model = m_tables->model;
    const auto at = m_place->item->at;
    switch (m_place->section) {
    case CompareSection::Members:
        return memberLines(model.members[at]);
    case CompareSection::Tensors:
        return tensorLines(model.tensors[at]);
    case CompareSection::Metadata:
        return fixes::compareTexts(model.metadata[at].before, model.metadata[at].after);
    case CompareSection::Templates:
        return model.templates[at].rows;
    case CompareSection::Programs:
        return model.programs[at].rows;
    case CompareSection::Callables:
        return nameLines(model.callables[at]);
    case CompareSection::Operators:
        return nameLines(model.operators[at]);
    case CompareSection::Findings: {
        const auto& ref = m_tables->findings[at];
        const auto [before, after] = review::changedExcerpts(m_tables->outcome->files[ref.file].findings[ref.change]);
        return before == after ? std::vector<Line>() : fixes::compareTexts(before, after);
    }
    }
    return {};
}

void CompareDetail::rebuild()
{
    std::vector<DiffRow> rows;
    if (m_tables && m_place) {
        rows.push_back({DiffRow::Kind::Head, 0, {}, false, false, 0});
        if (m_place->section == CompareSection::Findings) {
            rows.push_back({DiffRow::Kind::Note, 0, {}, false, false, m_place->item->at});
        }
        const bool texts =
            m_place->section == CompareSection::Templates || m_place->section == CompareSection::Programs;
        addDiffLines(rows, 0, lines(), m_inline, texts);
    }
    setRows(std::move(rows));
}

DiffHead CompareDetail::head(const DiffRow&) const
{
    DiffHead out;
    if (m_tables && m_place) {
        out.title = compareCell(*m_tables, m_place->section, *m_place->item, CompareColumn::Name);
        out.note = compareWord(m_place->section, m_place->item->kind);
        if (m_place->section == CompareSection::Tensors && m_place->item->kind != CompareKind::Same) {
            const QString more = tensorDifference(m_tables->model.tensors[m_place->item->at]);
            out.note += more.isEmpty() ? QString() : QStringLiteral(" · ") + more;
        }
    }
    return out;
}

DiffNote CompareDetail::note(const DiffRow&) const
{
    if (!m_tables || !m_place) {
        return {};
    }
    const auto* finding = comparedFinding(*m_tables, m_place->section, *m_place->item);
    return finding
        ? DiffNote{finding->severity, compareWord(m_place->section, m_place->item->kind), shownText(finding->title),
              shownText(finding->location.human), m_place->item->kind == CompareKind::Added,
              m_place->item->kind == CompareKind::Removed, true, m_place->item->kind == CompareKind::Changed}
        : DiffNote();
}

QVariant CompareDetail::cell(const DiffRow& row, int, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    if (row.kind == DiffRow::Kind::Head) {
        const DiffHead shown = head(row);
        return tr("%1: %2", "what it is, what became of it").arg(shown.title, shown.note);
    }
    if (row.kind == DiffRow::Kind::Note) {
        const DiffNote shown = note(row);
        return tr("%1: %2, %3", "new or fixed, title, place").arg(shown.word, shown.text, shown.place);
    }
    const bool fact = row.kind == DiffRow::Kind::Line && row.line.before.number == 0 && row.line.after.number == 0;
    if (!fact) {
        return spokenLine(row);
    }
    const QString before = shownText(row.line.before.text).simplified();
    const QString after = shownText(row.line.after.text).simplified();
    return row.line.kind == Line::Kind::Same ? tr("unchanged: %1").arg(after)
        : before.isEmpty() || row.rightOnly  ? tr("now: %1").arg(after)
        : after.isEmpty() || row.leftOnly    ? tr("before: %1").arg(before)
                                             : tr("before: %1; now: %2").arg(before, after);
}

} // namespace cupel::widgets
