// SPDX-License-Identifier: GPL-3.0-or-later
// The bar below everything: counts per severity that filter, what was checked, the running job, and the shield that
// says nothing was executed. Values in, signals out. UI thread.
#pragma once

#include "analyzers/model/finding.h"
#include "app/session/coverage.h"
#include "app/session/job.h"

#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QWidget>

#include <array>

class QProgressBar;
class QPushButton;

namespace cupel::widgets {
class ElidedLabel;
class IconButton;
class Label;
} // namespace cupel::widgets

namespace cupel::app {

// A shape and its count.
class SeverityCount : public QAbstractButton {
    Q_OBJECT
public:
    SeverityCount(Severity severity, QWidget* parent);
    void setCount(std::uint64_t count);
    [[nodiscard]] Severity severity() const { return m_severity; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Severity m_severity;
    std::uint64_t m_count = 0;
};

// Icon and words, flat: the shield, the amber "not checked".
class StatusButton : public QAbstractButton {
    Q_OBJECT
public:
    StatusButton(const QString& iconName, int iconToken, QWidget* parent);
    void setWords(const QString& words);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
    int m_token;
};

class StatusBar : public QWidget {
    Q_OBJECT
public:
    static constexpr int barHeight = 28;
    [[nodiscard]] static int heightNow(); // more with large text

    explicit StatusBar(QWidget* parent = nullptr);
    void setReview(const ReviewCoverage& coverage, bool open, double seconds, const NotChecked& notChecked);
    void setIdleText(const QString& text); // while no review is open
    void setJob(const JobStatus& job);
    void setNotice(const QString& text); // one sentence, also for screen readers; goes after a while
    [[nodiscard]] QWidget* shield() const { return m_shield; }

Q_SIGNALS:
    void severityClicked(cupel::Severity severity);
    void coverageClicked();
    void shieldClicked();
    void stopClicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    static constexpr int rulesFrom = 900; // narrower: what was checked and the shield need the room
    void layOut();
    void wire();
    std::array<SeverityCount*, 5> m_counts{};
    widgets::ElidedLabel* m_coverage;
    StatusButton* m_notChecked;
    widgets::ElidedLabel* m_rules;
    widgets::ElidedLabel* m_notice;
    widgets::Label* m_jobText;
    QProgressBar* m_progress;
    widgets::IconButton* m_stop;
    StatusButton* m_shield;
    QTimer* m_noticeTimer;
    bool m_jobShown = false;
    bool m_rulesShown = false;
};

} // namespace cupel::app
