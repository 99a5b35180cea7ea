// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/compare_tables.h"

#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace cupel::widgets {

namespace {

using review::ModelChange;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CompareTables)
};

CompareKind kindOf(ModelChange change)
{
    switch (change) {
    case ModelChange::Added:
        return CompareKind::Added;
    case ModelChange::Removed:
        return CompareKind::Removed;
    case ModelChange::Renamed:
        return CompareKind::Renamed;
    case ModelChange::Changed:
        break;
    }
    return CompareKind::Changed;
}

CompareKind kindOf(review::FindingChange::Kind change)
{
    using Kind = review::FindingChange::Kind;
    switch (change) {
    case Kind::Fresh:
        return CompareKind::Added;
    case Kind::Changed:
        return CompareKind::Changed;
    case Kind::Gone:
        return CompareKind::Removed;
    case Kind::Same:
        break;
    }
    return CompareKind::Same;
}

QString shapeText(const std::vector<std::uint64_t>& shape)
{
    return shape.empty() ? Words::tr("scalar") : QString::fromStdString(review::shapeFigure(shape));
}

QString memberCell(const review::MemberChange& change, CompareColumn column)
{
    const auto sizeOf = [](const auto& side) { return side ? shownSize(side->bytes) : QString(); };
    switch (column) {
    case CompareColumn::Before:
        return sizeOf(change.before);
    case CompareColumn::After:
        return sizeOf(change.after);
    default:
        break;
    }
    if (!change.before || !change.after) {
        return {};
    }
    const auto before = change.before->bytes;
    const auto after = change.after->bytes;
    const auto size = before == after ? Words::tr("as many bytes")
        : after > before              ? Words::tr("%1 more").arg(shownSize(after - before))
                                      : Words::tr("%1 less").arg(shownSize(before - after));
    return change.bytes ? size + QStringLiteral(" · ") + compareBytes(*change.bytes) : size;
}

QString tensorCell(const review::TensorChange& change, CompareColumn column)
{
    const auto side = [](const std::optional<review::TensorSide>& one) {
        return one ? shownText(one->dtype) + QStringLiteral("  ") + shapeText(one->shape) : QString();
    };
    switch (column) {
    case CompareColumn::Before:
        return side(change.before);
    case CompareColumn::After:
        return side(change.after);
    default:
        return tensorDifference(change);
    }
}

QString fieldCell(const review::FieldChange& change, CompareColumn column)
{
    switch (column) {
    case CompareColumn::Before:
        return shownText(change.before);
    case CompareColumn::After:
        return shownText(change.after);
    default:
        return {};
    }
}

QString templateCell(const review::TemplateChange& change, CompareColumn column)
{
    const auto lines = review::linesOf(change);
    const auto counted = [](std::size_t count) { return Words::tr("%n line(s)", nullptr, static_cast<int>(count)); };
    switch (column) {
    case CompareColumn::Before:
        return lines.removed > 0 ? counted(lines.removed) : QString();
    case CompareColumn::After:
        return lines.added > 0 ? counted(lines.added) : QString();
    default:
        return Words::tr("Enter: side by side");
    }
}

QString nameCell(const review::NameChange& change, CompareColumn column)
{
    switch (column) {
    case CompareColumn::Before:
        return change.before > 0 ? QString::number(change.before) : QString();
    case CompareColumn::After:
        return change.after > 0 ? QString::number(change.after) : QString();
    default:
        return change.after > change.before ? Words::tr("%1 more").arg(change.after - change.before)
            : change.after < change.before  ? Words::tr("%1 less").arg(change.before - change.after)
                                            : QString();
    }
}

QString findingCell(const CompareTables& tables, const ChangeRef& ref, CompareColumn column)
{
    const auto& change = tables.outcome->files[ref.file].findings[ref.change];
    const auto& finding = change.analysis->findings[change.index];
    const auto kind = change.kind;
    const auto place = [&finding] {
        const QString where = shownText(finding.location.human);
        const QString file = shownFileName(finding.location.artifact);
        return where.isEmpty() ? file : where + QStringLiteral(" · ") + file;
    };
    switch (column) {
    case CompareColumn::Before:
        return kind == review::FindingChange::Kind::Gone ? place() : QString();
    case CompareColumn::After:
        return kind != review::FindingChange::Kind::Gone ? place() : QString();
    default:
        return word(finding.severity);
    }
}

double elements(const std::vector<std::uint64_t>& shape)
{
    double out = 1;
    for (const auto length : shape) {
        out *= static_cast<double>(length);
    }
    return out;
}

double elements(const std::optional<review::TensorSide>& side)
{
    return side ? elements(side->shape) : -1;
}

const review::SameParts& samePartsOf(const review::ModelComparison& model, CompareSection section)
{
    static const review::SameParts none;
    switch (section) {
    case CompareSection::Members:
        return model.sameMembers;
    case CompareSection::Tensors:
        return model.sameTensors;
    case CompareSection::Metadata:
        return model.sameMetadata;
    case CompareSection::Templates:
        return model.sameTemplates;
    case CompareSection::Programs:
        return model.samePrograms;
    case CompareSection::Callables:
        return model.sameCallables;
    case CompareSection::Operators:
        return model.sameOperators;
    case CompareSection::Findings:
        break;
    }
    return none;
}

// The same on both sides.
QString sameCell(const review::SamePart& part, CompareSection section)
{
    switch (section) {
    case CompareSection::Members:
        return shownSize(part.number);
    case CompareSection::Tensors:
        return shownText(part.dtype) + QStringLiteral("  ") + shapeText(part.shape);
    case CompareSection::Metadata:
        return shownText(part.value);
    case CompareSection::Programs:
        return Words::tr("%n line(s)", nullptr, static_cast<int>(std::min<std::uint64_t>(part.number, 2'000'000'000)));
    case CompareSection::Callables:
    case CompareSection::Operators:
        return QString::number(part.number);
    case CompareSection::Templates:
    case CompareSection::Findings:
        break;
    }
    return {};
}

// Numbers that columns sort by.
void sortBy(const CompareTables& tables, CompareSection section, ComparedItem& item)
{
    const auto& model = tables.model;
    if (const auto* same = comparedSame(tables, section, item)) {
        item.before = section == CompareSection::Tensors ? elements(same->shape) : static_cast<double>(same->number);
        item.after = item.before;
    } else if (section == CompareSection::Members) {
        const auto& change = model.members[item.at];
        item.before = change.before ? static_cast<double>(change.before->bytes) : -1;
        item.after = change.after ? static_cast<double>(change.after->bytes) : -1;
        item.difference = item.after - item.before;
    } else if (section == CompareSection::Tensors) {
        const auto& change = model.tensors[item.at];
        item.before = elements(change.before);
        item.after = elements(change.after);
        const auto& values = change.difference;
        item.difference = values && values->paired && values->after.count > 0
            ? static_cast<double>(values->changed) / static_cast<double>(values->after.count)
            : change.values ? 2
                            : -1;
    } else if (section == CompareSection::Templates || section == CompareSection::Programs) {
        const auto lines =
            review::linesOf((section == CompareSection::Templates ? model.templates : model.programs)[item.at]);
        item.before = static_cast<double>(lines.removed);
        item.after = static_cast<double>(lines.added);
        item.difference = item.before + item.after;
    } else if (section == CompareSection::Callables || section == CompareSection::Operators) {
        const auto& change = (section == CompareSection::Callables ? model.callables : model.operators)[item.at];
        item.before = static_cast<double>(change.before);
        item.after = static_cast<double>(change.after);
        item.difference = item.after - item.before;
    } else if (section == CompareSection::Findings) {
        item.difference = static_cast<double>(comparedFinding(tables, section, item)->severity);
        item.before = item.at;
        item.after = item.at;
    }
}

void finish(CompareTables& tables, CompareSection section)
{
    for (auto& item : tables.items[static_cast<std::size_t>(section)]) {
        sortBy(tables, section, item);
        QString words;
        for (const auto column : {CompareColumn::Name, CompareColumn::Before, CompareColumn::After}) {
            words += compareCell(tables, section, item, column) + u'\n';
        }
        if (section == CompareSection::Tensors && item.kind != CompareKind::Same) {
            words += shownText(tables.model.tensors[item.at].was);
        }
        item.words = words.toLower().toStdString();
        ++tables.counts[static_cast<std::size_t>(section)][static_cast<std::size_t>(item.kind)];
    }
    auto& items = tables.items[static_cast<std::size_t>(section)];
    std::vector<std::uint32_t> order(items.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&items](std::uint32_t a, std::uint32_t b) {
        return std::tie(items[a].words, a) < std::tie(items[b].words, b);
    });
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        items[order[i]].rank = i;
    }
}

} // namespace

std::size_t CompareTables::count(CompareKind kind) const
{
    std::size_t out = 0;
    for (const auto& section : counts) {
        out += section[static_cast<std::size_t>(kind)];
    }
    return kind == CompareKind::Same ? std::accumulate(same.begin(), same.end(), out) : out;
}

CompareTablesPtr makeCompareTables(CompareOutcomePtr outcome, review::ModelComparison model)
{
    auto out = std::make_shared<CompareTables>();
    out->outcome = std::move(outcome);
    out->model = std::move(model);
    const auto fill = [&out](CompareSection section, const auto& list) {
        auto& items = out->items[static_cast<std::size_t>(section)];
        items.reserve(list.size());
        for (const auto& change : list) {
            items.push_back({kindOf(change.kind), static_cast<std::uint32_t>(items.size()), 0, {}, 0, 0, 0});
        }
        const auto& same = samePartsOf(out->model, section);
        for (std::uint32_t i = 0; i < same.list.size(); ++i) {
            items.push_back({CompareKind::Same, i, 0, {}, 0, 0, 0});
        }
        out->same[static_cast<std::size_t>(section)] = same.count - same.list.size();
    };
    fill(CompareSection::Members, out->model.members);
    fill(CompareSection::Tensors, out->model.tensors);
    fill(CompareSection::Metadata, out->model.metadata);
    fill(CompareSection::Templates, out->model.templates);
    fill(CompareSection::Programs, out->model.programs);
    fill(CompareSection::Callables, out->model.callables);
    fill(CompareSection::Operators, out->model.operators);
    std::vector<review::FindingChange> findings;
    for (std::size_t i = 0; i < out->outcome->files.size(); ++i) {
        for (std::size_t k = 0; k < out->outcome->files[i].findings.size(); ++k) {
            out->findings.push_back({i, k});
        }
    }
    const auto change = [&out](const ChangeRef& ref) -> const review::FindingChange& {
        return out->outcome->files[ref.file].findings[ref.change];
    };
    std::stable_sort(out->findings.begin(), out->findings.end(), [&](const ChangeRef& a, const ChangeRef& b) {
        const auto severity = [&](const ChangeRef& ref) {
            return change(ref).analysis->findings[change(ref).index].severity;
        };
        return std::pair(change(a).kind, severity(b)) < std::pair(change(b).kind, severity(a));
    });
    for (const auto& ref : out->findings) {
        findings.push_back(change(ref));
    }
    fill(CompareSection::Findings, findings);
    for (std::size_t i = 0; i < compareSections; ++i) {
        finish(*out, static_cast<CompareSection>(i));
    }
    return out;
}

QString compareCell(const CompareTables& tables, CompareSection section, const ComparedItem& item, CompareColumn column)
{
    if (column == CompareColumn::Change) {
        return compareWord(section, item.kind);
    }
    if (column == CompareColumn::Name) {
        const QString name = compareName(tables, section, item);
        const QString file = compareFile(tables, section, item);
        return file.isEmpty() ? name : Words::tr("%1 in %2", "a tensor and its file").arg(name, file);
    }
    if (const auto* same = comparedSame(tables, section, item)) {
        return column == CompareColumn::Difference ? QString() : sameCell(*same, section);
    }
    const auto& model = tables.model;
    switch (section) {
    case CompareSection::Members:
        return memberCell(model.members[item.at], column);
    case CompareSection::Tensors:
        return tensorCell(model.tensors[item.at], column);
    case CompareSection::Metadata:
        return fieldCell(model.metadata[item.at], column);
    case CompareSection::Templates:
        return templateCell(model.templates[item.at], column);
    case CompareSection::Programs:
        return templateCell(model.programs[item.at], column);
    case CompareSection::Callables:
        return nameCell(model.callables[item.at], column);
    case CompareSection::Operators:
        return nameCell(model.operators[item.at], column);
    case CompareSection::Findings:
        break;
    }
    return findingCell(tables, tables.findings[item.at], column);
}

QString compareName(const CompareTables& tables, CompareSection section, const ComparedItem& item)
{
    if (const auto* same = comparedSame(tables, section, item)) {
        return !same->name.empty()                 ? shownText(same->name)
            : section == CompareSection::Templates ? Words::tr("template")
            : section == CompareSection::Programs  ? Words::tr("what loading does", "a row of a table")
                                                   : QString();
    }
    const auto& model = tables.model;
    switch (section) {
    case CompareSection::Members:
        return shownText(model.members[item.at].name);
    case CompareSection::Tensors:
        return shownText(model.tensors[item.at].name);
    case CompareSection::Metadata:
        return shownText(model.metadata[item.at].key);
    case CompareSection::Templates: {
        const auto& name = model.templates[item.at].name;
        return name.empty() ? Words::tr("template") : shownText(name);
    }
    case CompareSection::Programs:
        return Words::tr("what loading does", "a row of a table");
    case CompareSection::Callables:
        return shownText(model.callables[item.at].name);
    case CompareSection::Operators:
        return shownText(model.operators[item.at].name);
    case CompareSection::Findings:
        break;
    }
    return shownText(comparedFinding(tables, section, item)->title);
}

QString compareFile(const CompareTables& tables, CompareSection section, const ComparedItem& item)
{
    if (const auto* same = comparedSame(tables, section, item)) {
        return shownText(same->file);
    }
    const auto& model = tables.model;
    switch (section) {
    case CompareSection::Tensors: {
        const auto& change = model.tensors[item.at];
        return shownText((change.after ? change.after : change.before)->file);
    }
    case CompareSection::Metadata:
        return shownText(model.metadata[item.at].file);
    case CompareSection::Templates:
        return shownText(model.templates[item.at].file);
    case CompareSection::Programs:
        return shownText(model.programs[item.at].file);
    case CompareSection::Callables:
        return shownText(model.callables[item.at].file);
    case CompareSection::Operators:
        return shownText(model.operators[item.at].file);
    case CompareSection::Members:
    case CompareSection::Findings:
        break;
    }
    return {};
}

const review::SamePart* comparedSame(const CompareTables& tables, CompareSection section, const ComparedItem& item)
{
    const auto& list = samePartsOf(tables.model, section).list;
    return item.kind == CompareKind::Same && item.at < list.size() ? &list[item.at] : nullptr;
}

const Finding* comparedFinding(const CompareTables& tables, CompareSection section, const ComparedItem& item)
{
    if (section != CompareSection::Findings) {
        return nullptr;
    }
    const auto& ref = tables.findings[item.at];
    const auto& change = tables.outcome->files[ref.file].findings[ref.change];
    return &change.analysis->findings[change.index];
}

} // namespace cupel::widgets
