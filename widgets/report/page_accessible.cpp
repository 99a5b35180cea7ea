// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/page_accessible.h"

#include "widgets/report/page_preview.h"

#include <QtCore/QPointer>
#include <QtGui/QAccessible>
#include <QtWidgets/QAccessibleWidget>

#include <map>

namespace cupel::widgets {

namespace {

// One painted page. Owned by QAccessible's cache, made and deleted by the interface of the preview.
class AccessiblePage : public QAccessibleInterface {
public:
    AccessiblePage(PagePreview* preview, int page)
        : m_preview(preview)
        , m_page(page)
    {
    }
    [[nodiscard]] bool isValid() const override { return m_preview && m_page < m_preview->pageCount(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_preview);
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::Document; }
    void setText(QAccessible::Text, const QString&) override { }

    [[nodiscard]] QString text(QAccessible::Text which) const override
    {
        if (!isValid()) {
            return {};
        }
        switch (which) {
        case QAccessible::Name:
            return PagePreview::tr("Page %1 of %2").arg(m_page + 1).arg(m_preview->pageCount());
        case QAccessible::Description:
        case QAccessible::Value:
            return m_preview->pageText(m_page);
        default:
            return {};
        }
    }
    [[nodiscard]] QRect rect() const override
    {
        if (!isValid()) {
            return {};
        }
        const QRect local = m_preview->pageRect(m_page).toAlignedRect();
        return {m_preview->viewport()->mapToGlobal(local.topLeft()), local.size()};
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invalid = !isValid();
        state.readOnly = true;
        state.focused = isValid() && m_preview->hasFocus() && m_preview->currentPage() == m_page;
        state.offscreen = !isValid() || !m_preview->pageRect(m_page).intersects(QRectF(m_preview->viewport()->rect()));
        return state;
    }

private:
    QPointer<PagePreview> m_preview;
    int m_page;
};

class AccessiblePreview : public QAccessibleWidget {
public:
    explicit AccessiblePreview(PagePreview* preview)
        : QAccessibleWidget(preview, QAccessible::List)
        , m_preview(preview)
    {
    }
    ~AccessiblePreview() override
    {
        for (const auto& [page, id] : m_pages) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }
    [[nodiscard]] int childCount() const override { return m_preview->pageCount(); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount()) {
            return nullptr;
        }
        auto found = m_pages.find(index);
        if (found == m_pages.end()) {
            auto* page = new AccessiblePage(m_preview, index);
            found = m_pages.emplace(index, QAccessible::registerAccessibleInterface(page)).first;
        }
        return QAccessible::accessibleInterface(found->second);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (const auto& [page, id] : m_pages) {
            if (QAccessible::accessibleInterface(id) == child) {
                return page;
            }
        }
        return -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i)->rect().contains(x, y)) {
                return child(i);
            }
        }
        return nullptr;
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override
    {
        return m_preview->hasFocus() ? child(m_preview->currentPage()) : nullptr;
    }

private:
    PagePreview* m_preview;
    mutable std::map<int, QAccessible::Id> m_pages;
};

QAccessibleInterface* make(const QString& /*className*/, QObject* object)
{
    auto* preview = qobject_cast<PagePreview*>(object);
    return preview != nullptr ? new AccessiblePreview(preview) : nullptr;
}

} // namespace

void installPageAccessibility()
{
    static bool installed = false;
    if (!installed) {
        installed = true;
        QAccessible::installFactory(make);
    }
}

} // namespace cupel::widgets
