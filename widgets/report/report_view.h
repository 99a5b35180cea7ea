// SPDX-License-Identifier: GPL-3.0-or-later
// Report mode: options at the left, the pages that will be exported at the right. Lays out in slices between events, so
// the window never waits; the old pages stay until the new ones are complete. Asks for exports, writes nothing itself.
#pragma once

#include "widgets/common/view.h"
#include "widgets/report/page_layout.h"
#include "widgets/report/report_options.h"

#include <QtCore/QTimer>

#include <memory>

class QStackedLayout;

namespace cupel::widgets {

class EmptyState;
class PagePreview;
class PreviewBar;

class ReportView : public View {
    Q_OBJECT
public:
    explicit ReportView(QWidget* parent = nullptr);
    ~ReportView() override;

    // With all its sections; the view leaves out those that are not ticked. Cheap: layout starts when it is shown.
    void setDocument(report::Document document);
    void clear(); // nothing is open
    // For the export: what the pages show.
    [[nodiscard]] report::Document document() const;
    void setProfiles(const std::vector<review::Profile>& profiles) { m_options->setProfiles(profiles); }
    void suggestProfile(const std::string& name) { m_options->suggestProfile(name); }
    [[nodiscard]] std::optional<review::Profile> profile() const { return m_options->profile(); }
    void setThreatsKept(bool kept) { m_options->setThreatsKept(kept); }
    [[nodiscard]] bool wants(const std::string& section) const { return m_options->wants(section); }
    [[nodiscard]] bool wantsThreats() const { return m_options->wantsThreats(); }
    void forgetChoices() { m_options->forgetChoices(); }
    void showWaiting(); // until the first document: the threat model is made before it
    [[nodiscard]] PaperSize paper() const { return m_options->paper(); }
    [[nodiscard]] bool attachesFindings() const { return m_options->attachesFindings(); }
    void setExporting(bool exporting);
    void showExported(const Exported& exported);
    [[nodiscard]] QString statusText() const; // "Page 1 of 14"
    [[nodiscard]] PagePreview* preview() const { return m_preview; }
    void takeFocus() override;

Q_SIGNALS:
    void profileChanged(); // the document has to be made anew
    void threatsChanged(); // so here
    void exportPdfRequested();
    void exportRequested(cupel::widgets::ReportFormat format);
    void statusChanged(const QString& text);
    void layoutFinished(int pages);

protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildPreview();
    void wire();
    void scheduleLayout();
    void layOutSlice();
    void finishLayout();
    void discard(Pages&& pages);
    void sayNothingIsOpen();
    void showCurrentPage();

    report::Document m_document;
    bool m_hasDocument = false;
    bool m_stale = false; // the pages do not show the document and the options
    std::unique_ptr<PageLayout> m_layout; // running, or null
    std::shared_ptr<Pages> m_pages; // in the preview
    std::vector<Page> m_discarded; // freed little by little: thousands of pages take a noticeable time
    QTimer m_slice;
    QStackedLayout* m_stack = nullptr;
    EmptyState* m_empty = nullptr;
    ReportOptions* m_options = nullptr;
    PagePreview* m_preview = nullptr;
    PreviewBar* m_bar = nullptr;
};

} // namespace cupel::widgets
