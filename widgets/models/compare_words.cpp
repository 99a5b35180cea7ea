// SPDX-License-Identifier: GPL-3.0-or-later
// What the tables of a comparison call their sections, columns and changes.
#include "widgets/models/compare_tables.h"

#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace cupel::widgets {

namespace {

using review::ModelChange;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CompareTables)
};

} // namespace

QString compareBytes(const review::ByteDifference& bytes)
{
    const auto count = static_cast<int>(std::min<std::uint64_t>(bytes.differing, 2'000'000'000));
    return (bytes.counted ? Words::tr("%n byte(s) differ, the first at byte %1", nullptr, count)
                          : Words::tr("at least %n byte(s) differ, the first at byte %1", nullptr, count))
        .arg(bytes.first);
}

QString compareHeader(CompareColumn column)
{
    switch (column) {
    case CompareColumn::Name:
        return Words::tr("Name");
    case CompareColumn::Change:
        return Words::tr("Change");
    case CompareColumn::Before:
        return Words::tr("Before");
    case CompareColumn::After:
        return Words::tr("Now");
    case CompareColumn::Difference:
        break;
    }
    return Words::tr("Difference");
}

QString compareTitle(CompareSection section)
{
    switch (section) {
    case CompareSection::Members:
        return Words::tr("Members");
    case CompareSection::Tensors:
        return Words::tr("Tensors");
    case CompareSection::Metadata:
        return Words::tr("Metadata");
    case CompareSection::Templates:
        return Words::tr("Templates");
    case CompareSection::Programs:
        return Words::tr("Programs");
    case CompareSection::Callables:
        return Words::tr("Callables");
    case CompareSection::Operators:
        return Words::tr("Operators");
    case CompareSection::Findings:
        break;
    }
    return Words::tr("Findings");
}

QString compareTally(const CompareTables& tables, CompareSection section)
{
    auto counts = tables.counts[static_cast<std::size_t>(section)];
    const auto at = [&counts](CompareKind kind) -> std::size_t& { return counts[static_cast<std::size_t>(kind)]; };
    at(CompareKind::Same) += tables.same[static_cast<std::size_t>(section)];
    const bool findings = section == CompareSection::Findings;
    QStringList parts;
    const auto add = [&](CompareKind kind, const QString& words) {
        if (at(kind) > 0) {
            parts += words.arg(at(kind));
        }
    };
    add(CompareKind::Added, findings ? Words::tr("%1 new") : Words::tr("%1 added"));
    add(CompareKind::Removed, findings ? Words::tr("%1 fixed") : Words::tr("%1 removed"));
    add(CompareKind::Changed, Words::tr("%1 changed"));
    add(CompareKind::Renamed, Words::tr("%1 renamed"));
    add(CompareKind::Same, findings ? Words::tr("%1 unchanged") : Words::tr("%1 as before"));
    return parts.isEmpty() ? Words::tr("none") : parts.join(QStringLiteral(", "));
}

QString compareWord(CompareSection section, CompareKind kind)
{
    using Kind = review::FindingChange::Kind;
    if (section == CompareSection::Findings) {
        return word(kind == CompareKind::Added ? Kind::Fresh
                : kind == CompareKind::Changed ? Kind::Changed
                : kind == CompareKind::Removed ? Kind::Gone
                                               : Kind::Same);
    }
    switch (kind) {
    case CompareKind::Added:
        return Words::tr("Added");
    case CompareKind::Removed:
        return Words::tr("Removed");
    case CompareKind::Changed:
        return Words::tr("Changed");
    case CompareKind::Renamed:
        return Words::tr("Renamed");
    case CompareKind::Same:
        break;
    }
    return Words::tr("Unchanged");
}

QChar compareSign(CompareKind kind)
{
    constexpr char16_t signs[] = {u'+', u'\u2212', u'~', u'\u2192', u'='};
    return QChar(signs[static_cast<std::size_t>(kind)]);
}

QString tensorDifference(const review::TensorChange& change)
{
    if (change.kind == ModelChange::Renamed) {
        return Words::tr("was %1, the same bytes", "the old name of a tensor").arg(shownText(change.was));
    }
    if (!change.before || !change.after) {
        return {};
    }
    const auto& values = change.difference;
    if (values && values->paired) {
        const QString share = QString::fromStdString(review::shareFigure(values->changed, values->after.count));
        QStringList parts(values->measured > 0 || values->changed == 0
                ? Words::tr("%1 changed (%2), by at most %3", "share and number of the elements")
                      .arg(share)
                      .arg(values->changed)
                      .arg(QString::fromStdString(review::figure(values->largest)))
                : Words::tr("%1 changed (%2)", "share and number of the elements").arg(share).arg(values->changed));
        const auto add = [&parts](std::uint64_t count, const QString& words) {
            if (count > 0) { // a change into NaN has no size
                parts += words.arg(count);
            }
        };
        add(values->toNotNumber, Words::tr("%1 became NaN", "elements"));
        add(values->toInfinite, Words::tr("%1 became infinite", "elements"));
        add(values->toFinite, Words::tr("%1 became finite", "elements"));
        return parts.join(QStringLiteral(", "));
    }
    return change.before->shape != change.after->shape ? Words::tr("another shape")
        : change.before->dtype != change.after->dtype  ? Words::tr("another type")
                                                       : Words::tr("other bytes");
}

} // namespace cupel::widgets
