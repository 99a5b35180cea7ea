// SPDX-License-Identifier: GPL-3.0-or-later
// The choices beside the pages: which sections, which paper, what is attached, and where it goes. UI thread.
#pragma once

#include "analyzers/model/report.h"
#include "analyzers/review/profile.h"
#include "widgets/report/pages.h"

#include <QtWidgets/QWidget>

#include <optional>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace cupel::widgets {

class HashCard;
class Label;

enum class ReportFormat : std::uint8_t { Html, Markdown, Sarif, Json };

struct Exported {
    QString fileName;
    QString sha256; // hex
    int pages = 0;
    qint64 bytes = 0;
};

class ReportOptions : public QWidget {
    Q_OBJECT
public:
    explicit ReportOptions(QWidget* parent = nullptr);

    void setSections(const std::vector<report::Section>& sections); // keeps what was unticked
    [[nodiscard]] bool wants(const std::string& section) const;
    void setProfiles(const std::vector<review::Profile>& profiles); // keeps the choice by name
    void suggestProfile(const std::string& name); // taken as long as nobody chose one here
    [[nodiscard]] std::optional<review::Profile> profile() const; // for whom the report is; none: nobody in particular
    void setThreatsKept(bool kept); // then the report tells of the threat model, as long as nobody chose here
    [[nodiscard]] bool wantsThreats() const;
    void forgetChoices(); // they were about another review
    [[nodiscard]] PaperSize paper() const;
    [[nodiscard]] bool attachesFindings() const;
    void setPageRanges(const Pages& pages); // "2 to 6" beside each section
    void showExported(const Exported& exported);
    void clearExported();
    void setBusy(bool busy);
    void setReady(bool ready);

Q_SIGNALS:
    void layoutChanged(); // sections or paper
    void profileChanged();
    void threatsChanged(); // whether it tells of them
    void exportPdfRequested();
    void exportRequested(cupel::widgets::ReportFormat format);

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();
    struct Row {
        std::string id;
        QCheckBox* box;
        Label* pages;
    };
    void buildSections(QVBoxLayout* column);
    void buildProfile(QVBoxLayout* column);
    void buildThreats(QVBoxLayout* column);
    void buildPaper(QVBoxLayout* column);
    QWidget* buildFooter();
    void updateButtons();
    std::vector<Row> m_rows;
    QWidget* m_inner = nullptr;
    QVBoxLayout* m_sections = nullptr;
    std::vector<review::Profile> m_profiles;
    QComboBox* m_profile = nullptr;
    bool m_profileChosen = false;
    QCheckBox* m_threats = nullptr;
    bool m_threatsChosen = false;
    QComboBox* m_paper = nullptr;
    QCheckBox* m_attach = nullptr;
    Label* m_glyphs = nullptr;
    HashCard* m_hash = nullptr;
    QPushButton* m_pdf = nullptr;
    QPushButton* m_other = nullptr;
    bool m_busy = false;
    bool m_ready = false;
};

} // namespace cupel::widgets
