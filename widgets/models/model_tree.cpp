// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/model_tree.h"

#include "analyzers/base/natural_order.h"
#include "widgets/common/severity.h"
#include "widgets/models/model_reading.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace cupel::widgets {

namespace {

using Item = ModelTree::Item;

int worstOf(const Analysis& analysis)
{
    int worst = -1;
    for (const auto& finding : analysis.findings) {
        worst = std::max(worst, static_cast<int>(finding.severity));
    }
    return worst;
}

// Members by what holds them; the order of a map is that of the paths.
using Members = std::map<std::string_view, std::vector<const Analysis*>>;

Item itemOf(const Analysis& analysis)
{
    return {analysis.artifact.path,
        {analysis.artifact.path, {}, shownFormat(analysis), analysis.size, analysis.facts.status, worstOf(analysis)},
        {}};
}

std::string_view folderOf(std::string_view path)
{
    const auto slash = path.rfind('/');
    return path.substr(0, slash == std::string_view::npos ? 0 : slash);
}

// The last `parts` of a path.
std::string_view tailOf(std::string_view path, std::size_t parts)
{
    auto cut = path.size();
    for (; parts > 0 && cut != std::string_view::npos && cut > 0; --parts) {
        cut = path.rfind('/', cut - 1);
    }
    return cut == std::string_view::npos || parts > 0 ? path : path.substr(cut + 1);
}

// Files by their path below what was opened; those of several roots that are named alike by as many folders as that
// takes.
void addLabels(const Workspace& workspace, std::vector<Item>& items)
{
    std::map<std::string, std::vector<Item*>> byName;
    for (auto& item : items) {
        item.value.label = shownPath(workspace, item.key);
        byName[item.value.label.toStdString()].push_back(&item);
    }
    constexpr std::size_t deepest = 64;
    for (auto& [name, same] : byName) {
        for (std::size_t parts = 2; same.size() > 1 && parts < deepest; ++parts) {
            std::map<std::string_view, std::vector<Item*>> tails;
            for (auto* item : same) {
                tails[tailOf(item->key, parts)].push_back(item);
            }
            same.clear();
            for (auto& [tail, equal] : tails) {
                for (auto* item : equal) {
                    item->value.label = shownText(tail);
                }
                if (equal.size() > 1) {
                    same.insert(same.end(), equal.begin(), equal.end());
                }
            }
        }
    }
}

// With the worst of what is in it at everything that holds something.
void addMembers(const Members& members, std::vector<Item>& items)
{
    // Level by level: containers are nested as deeply as the limits of a scan let them.
    std::vector<Item*> level;
    for (auto& item : items) {
        level.push_back(&item);
    }
    std::vector<std::vector<Item*>> levels;
    while (!level.empty()) {
        std::vector<Item*> next;
        for (auto* item : level) {
            const auto held = members.find(item->key);
            for (const auto* member : held == members.end() ? std::vector<const Analysis*>() : held->second) {
                item->children.push_back(itemOf(*member));
            }
            std::stable_sort(item->children.begin(), item->children.end(),
                [](const Item& a, const Item& b) { return naturallyBefore(a.key, b.key); });
            for (auto& child : item->children) {
                next.push_back(&child);
            }
        }
        levels.push_back(std::move(level));
        level = std::move(next);
    }
    for (auto one = levels.rbegin(); one != levels.rend(); ++one) {
        for (auto* item : *one) {
            for (const auto& child : item->children) {
                item->value.worst = std::max(item->value.worst, child.value.worst);
            }
        }
    }
}

bool holdsAll(const QString& path, const QStringList& words)
{
    return std::all_of(
        words.begin(), words.end(), [&path](const QString& word) { return path.contains(word, Qt::CaseInsensitive); });
}

} // namespace

ModelTree::ModelTree(ReviewState* state, QObject* parent)
    : TreeModel<ModelRow>(parent)
    , m_state(state)
{
    connect(state, &ReviewState::workspaceChanged, this, [this] { scheduleSync(); });
    sync();
}

void ModelTree::setFilter(const QString& words)
{
    m_filter = words.split(u' ', Qt::SkipEmptyParts);
    sync();
}

void ModelTree::sync()
{
    if (!m_state) {
        return;
    }
    const auto wanted = [this](const std::string& path) {
        return m_filter.isEmpty() || holdsAll(shownPath(m_state->workspace(), path), m_filter);
    };
    std::set<std::string_view> inside; // files with a member that the filter means
    Members members;
    std::vector<const Analysis*> files;
    std::vector<const Analysis*> beside;
    std::set<std::string_view> folders; // with a model
    for (const auto& [path, analysis] : m_state->workspace().analyses) {
        const auto& parent = analysis->artifact.parent;
        if (!parent.empty() && m_state->workspace().analyses.count(parent) > 0) {
            members[parent].push_back(analysis.get());
            if (!m_filter.isEmpty() && wanted(path)) {
                inside.insert(std::string_view(path).substr(0, path.find('!')));
            }
        } else if (isModel(*analysis)) {
            files.push_back(analysis.get());
            folders.insert(folderOf(path));
        } else if (goesWithModels(*analysis)) {
            beside.push_back(analysis.get());
        }
    }
    std::copy_if(beside.begin(), beside.end(), std::back_inserter(files),
        [&](const Analysis* one) { return folders.contains(folderOf(one->artifact.path)); });
    std::sort(files.begin(), files.end(),
        [](const Analysis* a, const Analysis* b) { return a->artifact.path < b->artifact.path; });
    m_files = files.size();
    std::vector<Item> items;
    for (const auto* file : files) {
        items.push_back(itemOf(*file));
    }
    addLabels(m_state->workspace(), items); // before the filter: a name does not change with what is shown
    std::erase_if(items, [&](const Item& item) { return !wanted(item.key) && !inside.contains(item.key); });
    addMembers(members, items);
    assign(std::move(items));
}

QModelIndex ModelTree::indexOf(const std::string& path) const
{
    return findIndex([&path](const ModelRow& row) { return row.path == path; });
}

QVariant ModelTree::valueData(const ModelRow& row, int /*column*/, int role) const
{
    const QString facts = QCoreApplication::translate("Model", "%1, %2").arg(row.format, shownSize(row.size));
    const auto inside = row.path.rfind('!'); // a member by its path in the container
    const QString name = !row.label.isEmpty() ? row.label
        : inside == std::string::npos         ? shownFileName(row.path)
                                              : shownText(std::string_view(row.path).substr(inside + 1));
    switch (role) {
    case Qt::DisplayRole:
        return name;
    case Qt::ToolTipRole:
        return shownText(row.path);
    case Qt::AccessibleTextRole: {
        QStringList words{name, facts};
        words += row.worst < 0 ? QCoreApplication::translate("Model", "no findings")
                               : word(static_cast<Severity>(row.worst));
        if (row.status != ReadStatus::Complete) {
            words += QCoreApplication::translate("Model", "not completely read");
        }
        return words.join(QStringLiteral(", "));
    }
    case PathRole:
        return QString::fromStdString(row.path);
    case FactsRole:
        return facts;
    case WorstRole:
        return row.worst;
    case StatusRole:
        return static_cast<int>(row.status);
    default:
        return {};
    }
}

} // namespace cupel::widgets
