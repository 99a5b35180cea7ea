// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/markdown.h"
#include "widgets/fixes/compare_tree.h"

#include "widgets/common/theme.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr std::size_t mostCopied = 10'000; // rows; a clipboard is no file

} // namespace

void CompareTreeModel::set(CompareTablesPtr tables)
{
    beginResetModel();
    m_tables = std::move(tables);
    arrange();
    endResetModel();
}

void CompareTreeModel::setFilter(const QString& words)
{
    std::vector<std::string> wanted;
    for (const QString& one : words.toLower().split(u' ', Qt::SkipEmptyParts)) {
        wanted.push_back(one.toStdString());
    }
    if (wanted != m_words) {
        beginResetModel();
        m_words = std::move(wanted);
        arrange();
        endResetModel();
    }
}

void CompareTreeModel::setShown(CompareKind kind, bool shown)
{
    if (isShown(kind) != shown) {
        beginResetModel();
        m_shown[static_cast<std::size_t>(kind)] = shown;
        arrange();
        endResetModel();
    }
}

void CompareTreeModel::sort(int column, Qt::SortOrder order)
{
    beginResetModel();
    m_column = column;
    m_order = order;
    for (auto& section : m_sections) {
        this->order(section);
    }
    endResetModel();
}

bool CompareTreeModel::matches(const ComparedItem& item) const
{
    return isShown(item.kind) && std::all_of(m_words.begin(), m_words.end(), [&item](const std::string& word) {
        return item.words.find(word) != std::string::npos;
    });
}

void CompareTreeModel::arrange()
{
    m_sections.clear();
    for (std::size_t i = 0; m_tables && i < compareSections; ++i) {
        const auto& items = m_tables->items[i];
        if (items.empty() && m_tables->same[i] == 0) {
            continue;
        }
        Section section{static_cast<CompareSection>(i), {}};
        for (std::uint32_t k = 0; k < items.size(); ++k) {
            if (matches(items[k])) {
                section.rows.push_back(k);
            }
        }
        order(section);
        m_sections.push_back(std::move(section));
    }
}

void CompareTreeModel::order(Section& section) const
{
    const auto& items = m_tables->of(section.section);
    auto& rows = section.rows;
    const auto by = [&](auto key) {
        std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
            return m_order == Qt::AscendingOrder ? key(items[a]) < key(items[b]) : key(items[b]) < key(items[a]);
        });
    };
    std::sort(rows.begin(), rows.end());
    const bool texts = section.section == CompareSection::Metadata;
    const auto field = [this, &section](const ComparedItem& item) {
        const auto* same = comparedSame(*m_tables, section.section, item);
        return same ? std::pair(std::string_view(same->value), std::string_view(same->value))
                    : std::pair(std::string_view(m_tables->model.metadata[item.at].before),
                          std::string_view(m_tables->model.metadata[item.at].after));
    };
    switch (static_cast<CompareColumn>(m_column)) {
    case CompareColumn::Name:
        by([](const ComparedItem& item) { return item.rank; });
        break;
    case CompareColumn::Change:
        by([](const ComparedItem& item) { return item.kind; });
        break;
    case CompareColumn::Before:
        texts ? by([&](const ComparedItem& item) { return field(item).first; })
              : by([](const ComparedItem& item) { return item.before; });
        break;
    case CompareColumn::After:
        texts ? by([&](const ComparedItem& item) { return field(item).second; })
              : by([](const ComparedItem& item) { return item.after; });
        break;
    case CompareColumn::Difference:
        by([](const ComparedItem& item) { return item.difference; });
        break;
    default:
        break;
    }
}

std::optional<CompareTreeModel::Place> CompareTreeModel::place(const QModelIndex& index) const
{
    if (!index.isValid() || !m_tables) {
        return std::nullopt;
    }
    if (index.internalId() == 0) {
        return Place{m_sections[static_cast<std::size_t>(index.row())].section, nullptr};
    }
    const auto& section = m_sections[static_cast<std::size_t>(index.internalId()) - 1];
    return Place{section.section, &m_tables->of(section.section)[section.rows[static_cast<std::size_t>(index.row())]]};
}

QModelIndex CompareTreeModel::find(CompareSection section, std::uint32_t at) const
{
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        if (m_sections[i].section == section) {
            const auto& rows = m_sections[i].rows;
            const auto found = std::find(rows.begin(), rows.end(), at);
            return found == rows.end() ? QModelIndex()
                                       : createIndex(static_cast<int>(found - rows.begin()), 0, quintptr{i + 1});
        }
    }
    return {};
}

std::size_t CompareTreeModel::shownRows() const
{
    std::size_t out = 0;
    for (const auto& section : m_sections) {
        out += section.rows.size();
    }
    return out;
}

QModelIndex CompareTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (row < 0 || column < 0 || column >= compareColumns || row >= rowCount(parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : quintptr{0});
}

QModelIndex CompareTreeModel::parent(const QModelIndex& child) const
{
    return child.isValid() && child.internalId() > 0
        ? createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr{0})
        : QModelIndex();
}

int CompareTreeModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid()) {
        return static_cast<int>(m_sections.size());
    }
    return parent.internalId() == 0 && parent.column() == 0
        ? static_cast<int>(m_sections[static_cast<std::size_t>(parent.row())].rows.size())
        : 0;
}

int CompareTreeModel::columnCount(const QModelIndex&) const
{
    return compareColumns;
}

QString CompareTreeModel::headText(const Section& section) const
{
    // What is the same is hidden until it is asked for: nobody misses it.
    const auto& items = m_tables->of(section.section);
    const auto all = static_cast<std::size_t>(std::count_if(items.begin(), items.end(),
        [this](const ComparedItem& item) { return item.kind != CompareKind::Same || isShown(CompareKind::Same); }));
    const QString text = tr("%1: %2", "a section and how many came, went and stayed")
                             .arg(compareTitle(section.section), compareTally(*m_tables, section.section));
    return section.rows.size() == all ? text
                                      : tr("%1 (%2 of %3 rows shown)").arg(text).arg(section.rows.size()).arg(all);
}

QString CompareTreeModel::spoken(const Place& place) const
{
    const auto cell = [&](CompareColumn column) { return compareCell(*m_tables, place.section, *place.item, column); };
    QString out =
        tr("%1: %2", "what became of it, its name").arg(cell(CompareColumn::Change), cell(CompareColumn::Name));
    const QString before = cell(CompareColumn::Before);
    const QString after = cell(CompareColumn::After);
    out += before.isEmpty() ? QString() : tr("; before: %1").arg(before);
    out += after.isEmpty() ? QString() : tr("; now: %1").arg(after);
    const QString difference = cell(CompareColumn::Difference);
    return difference.isEmpty() ? out : out + QStringLiteral("; ") + difference;
}

QVariant CompareTreeModel::data(const QModelIndex& index, int role) const
{
    const auto where = place(index);
    if (!where) {
        return {};
    }
    const bool text = role == Qt::DisplayRole || role == Qt::ToolTipRole;
    if (where->item == nullptr) {
        const bool head = index.column() == 0 && (text || role == Qt::AccessibleTextRole);
        return head                ? headText(m_sections[static_cast<std::size_t>(index.row())])
            : role == Qt::FontRole ? QVariant(font(TextRole::Base, true))
                                   : QVariant();
    }
    const auto* finding = comparedFinding(*m_tables, where->section, *where->item);
    switch (role) {
    case Qt::DisplayRole:
        return compareCell(*m_tables, where->section, *where->item, static_cast<CompareColumn>(index.column()));
    case Qt::ToolTipRole:
        return compareCell(*m_tables, where->section, *where->item, static_cast<CompareColumn>(index.column()))
            .left(500)
            .toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return index.column() == 0 ? QVariant(spoken(*where)) : data(index, Qt::DisplayRole);
    case NameRole:
        return compareName(*m_tables, where->section, *where->item);
    case FileRole:
        return compareFile(*m_tables, where->section, *where->item);
    case SignRole:
        return static_cast<int>(where->item->kind);
    case SeverityRole:
        return finding ? static_cast<int>(finding->severity) : -1;
    default:
        return {};
    }
}

QVariant CompareTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool one =
        orientation == Qt::Horizontal && role == Qt::DisplayRole && section >= 0 && section < compareColumns;
    return one ? compareHeader(static_cast<CompareColumn>(section)) : QVariant();
}

template <typename Head, typename Row>
void CompareTreeModel::each(const QModelIndexList& chosen, Head head, Row row) const
{
    std::map<std::size_t, std::vector<std::uint32_t>> wanted; // by section
    for (const auto& index : chosen) {
        if (index.column() == 0 && index.internalId() > 0) {
            const auto number = static_cast<std::size_t>(index.internalId()) - 1;
            wanted[number].push_back(static_cast<std::uint32_t>(index.row()));
        }
    }
    std::size_t left = mostCopied;
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        const auto& section = m_sections[i];
        const bool all = wanted.empty();
        if (!all && !wanted.contains(i)) {
            continue;
        }
        head(section);
        auto rows = all ? std::vector<std::uint32_t>() : std::move(wanted[i]);
        std::sort(rows.begin(), rows.end());
        const auto count = all ? section.rows.size() : rows.size();
        for (std::size_t k = 0; k < count && left > 0; ++k, --left) {
            row(section.section, m_tables->of(section.section)[section.rows[all ? k : rows[k]]]);
        }
    }
}

QString CompareTreeModel::asText(const QModelIndexList& chosen) const
{
    QString out;
    each(
        chosen,
        [&](const Section& section) {
            out += (out.isEmpty() ? QString() : QStringLiteral("\n")) + headText(section) + u'\n';
        },
        [&](CompareSection section, const ComparedItem& item) {
            out += compareSign(item.kind);
            for (int i = 0; i < compareColumns; ++i) {
                const int column = i < 2 ? 1 - i : i; // what became of it stands first
                QString cell = compareCell(*m_tables, section, item, static_cast<CompareColumn>(column));
                out += (i == 0 ? u' ' : u'\t') + cell.replace(u'\t', u' ').replace(u'\n', u' ');
            }
            out += u'\n';
        });
    return out;
}

QString CompareTreeModel::asMarkdown(const QModelIndexList& chosen) const
{
    const auto escaped = [](QString text) {
        return QString::fromStdString(report::escapeMarkdown(text.replace(u'\n', u' ').toStdString()));
    };
    QString out;
    each(
        chosen,
        [&](const Section& section) {
            out += (out.isEmpty() ? QString() : QStringLiteral("\n")) + QStringLiteral("### ")
                + escaped(headText(section)) + QStringLiteral("\n\n");
            QString rule;
            for (int i = 0; i < compareColumns; ++i) {
                out += QStringLiteral("| ") + compareHeader(static_cast<CompareColumn>(i)) + u' ';
                rule += QStringLiteral("|---");
            }
            out += QStringLiteral("|\n") + rule + QStringLiteral("|\n");
        },
        [&](CompareSection section, const ComparedItem& item) {
            for (int i = 0; i < compareColumns; ++i) {
                out += QStringLiteral("| ")
                    + escaped(compareCell(*m_tables, section, item, static_cast<CompareColumn>(i))) + u' ';
            }
            out += QStringLiteral("|\n");
        });
    return out;
}

} // namespace cupel::widgets
