// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/review_document.h"

#include <QtCore/QString>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr std::size_t mostParts = 170; // of a file that is not a notebook: 16 MB

}

ReviewDocument::ReviewDocument(AnalysisPtr analysis, bool raw)
    : m_analysis(std::move(analysis))
    , m_notebook(raw ? nullptr : formats::notebookFacts(m_analysis->facts))
    , m_raw(raw)
{
    if (raw) {
        Region whole;
        whole.bytes = {0, m_analysis->facts.text(m_analysis->artifact).size()};
        m_regions.push_back(whole);
    } else {
        m_regions = m_analysis->facts.regions;
    }
    if (m_notebook) {
        m_language = languageOf(QString::fromUtf8(m_notebook->language.c_str()));
        addCells();
    } else {
        const auto& format = m_analysis->facts.format;
        m_language = raw && format == "notebook" ? Language::Json
            : format == "python"                 ? Language::Python
                                                 : Language::Other;
        addTexts();
    }
    placeFindings();
}

void ReviewDocument::addCells()
{
    m_items.push_back({Item::Kind::Whole, -1, -1, {}}); // dropped below when nothing stands in it
    for (std::size_t cell = 0; cell < m_notebook->cells.size(); ++cell) {
        m_items.push_back({Item::Kind::Cell, static_cast<int>(cell), -1, {}});
    }
}

void ReviewDocument::addTexts()
{
    for (std::size_t region = 0; region < m_regions.size(); ++region) {
        if (m_regions[region].kind != RegionKind::Image && !m_regions[region].bytes.empty()) {
            const auto index = static_cast<int>(region);
            for (std::size_t page = 0; page < mostParts && pages(index).has(page); ++page) {
                m_items.push_back({Item::Kind::Text, -1, index, {}, page});
            }
        }
    }
}

TextPages& ReviewDocument::pages(int region) const
{
    const auto known = m_pages.find(region);
    return known != m_pages.end()
        ? known->second
        : m_pages.try_emplace(region, m_analysis->facts.text(m_analysis->artifact), this->region(region)).first->second;
}

ByteRange ReviewDocument::rangeOf(const Item& item) const
{
    return pages(item.region).at(item.page).bytes;
}

int ReviewDocument::regionOf(const Item& item, ByteRange file) const
{
    const auto range = m_analysis->facts.fromFile(file);
    const auto touches = [&](ByteRange bytes) {
        return bytes.overlaps(range) || (range.empty() && bytes.contains(range.start));
    };
    const auto holds = [&](int index) {
        return index >= 0 && static_cast<std::size_t>(index) < m_regions.size() && touches(region(index).bytes);
    };
    if (item.kind == Item::Kind::Text) {
        return touches(rangeOf(item)) ? item.region : -1;
    }
    if (item.kind != Item::Kind::Cell) {
        return -1;
    }
    const auto& cell = m_notebook->cells[static_cast<std::size_t>(item.cell)];
    if (holds(cell.source)) {
        return cell.source;
    }
    for (const auto& output : cell.outputs) {
        for (const auto index : output.regions) {
            if (holds(static_cast<int>(index))) {
                return static_cast<int>(index);
            }
        }
    }
    for (const auto index : cell.attachments) {
        if (holds(static_cast<int>(index))) {
            return static_cast<int>(index);
        }
    }
    return -1;
}

void ReviewDocument::placeFindings()
{
    const auto& findings = m_analysis->findings;
    m_itemOfFinding.assign(findings.size(), -1);
    for (std::size_t i = 0; i < findings.size() && !m_items.empty(); ++i) {
        const auto& location = findings[i].location;
        std::size_t item = 0;
        if (m_notebook && location.cell && *location.cell < m_notebook->cells.size()) {
            item = *location.cell + 1;
        } else if (!m_notebook) {
            while (item + 1 < m_items.size() && regionOf(m_items[item], location.bytes) < 0) {
                ++item;
            }
        }
        m_items[item].findings.push_back({i, regionOf(m_items[item], location.bytes)});
        m_itemOfFinding[i] = static_cast<int>(item);
    }
    if (m_notebook && m_items.front().findings.empty()) {
        m_items.erase(m_items.begin());
        for (auto& item : m_itemOfFinding) {
            --item;
        }
    }
    placeElsewhere();
}

// A name stands in three tables: the finding is told where it is first and marked in all of them.
void ReviewDocument::placeElsewhere()
{
    if (!m_notebook) {
        return;
    }
    std::unordered_map<std::size_t, std::size_t> itemOfCell;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (m_items[i].kind == Item::Kind::Cell) {
            itemOfCell.emplace(static_cast<std::size_t>(m_items[i].cell), i);
        }
    }
    const auto& findings = m_analysis->findings;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const auto& own = findings[i].location;
        for (std::size_t k = 0; k < std::min(mostPlaces, findings[i].evidence.size()); ++k) {
            const auto& evidence = findings[i].evidence[k];
            const auto& at = evidence.location;
            if (!isPlace(evidence) || !at.cell || at.artifact != own.artifact || at.cell == own.cell) {
                continue;
            }
            const auto item = itemOfCell.find(*at.cell);
            if (item == itemOfCell.end()) {
                continue;
            }
            auto& list = m_items[item->second].elsewhere;
            if (list.empty() || list.back() != i) {
                list.push_back(i);
            }
        }
    }
}

bool isPlace(const Evidence& evidence)
{
    return evidence.role == "place" || evidence.role == "also" || evidence.role == "column";
}

int ReviewDocument::itemOf(std::size_t finding) const
{
    return finding < m_itemOfFinding.size() ? m_itemOfFinding[finding] : -1;
}

} // namespace cupel::widgets
