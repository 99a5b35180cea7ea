// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/inspector_page.h"

#include "analyzers/model/evidence.h"
#include "analyzers/rules/advice.h"
#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"
#include "widgets/findings/evidence_row.h"
#include "widgets/findings/selectable_text.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QScopedValueRollback>
#include <QtGui/QPainter>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr std::size_t evidenceAtOnce = 12; // each is laid out again with every change of the text size

// Code on a tinted box; the sign before its caption tells good from bad without the tint.
class CodeBox : public QWidget {
public:
    CodeBox(const QString& code, Token fill, QWidget* parent)
        : QWidget(parent)
        , m_fill(fill)
    {
        auto* text = new SelectableText(TextRole::Code, Token::TextPrimary, false, this);
        text->setText(code);
        text->setAccessibleName(code);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(8, 8, 8, 8);
        column->addWidget(text);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintBox(painter, rect(), radius::control, color(m_fill), color(Token::Hairline));
    }

private:
    Token m_fill;
};

class SmallIcon : public QWidget {
public:
    SmallIcon(const QString& name, Token token, QWidget* parent)
        : QWidget(parent)
        , m_name(name)
        , m_token(token)
    {
        setFixedSize(14, 14);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintIcon(painter, rect(), m_name, m_token);
    }

private:
    QString m_name;
    Token m_token;
};

QString placeOf(const Location& location, bool severalFiles)
{
    if (location.artifact.empty()) {
        return {};
    }
    const QString human = shownText(location.human);
    const QString file = shownMemberName(location.artifact);
    if (human.isEmpty()) {
        return file;
    }
    return severalFiles ? human + QStringLiteral(" · ") + file : human;
}

} // namespace

InspectorPage::InspectorPage(QWidget* parent)
    : QScrollArea(parent)
{
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus); // arrow keys scroll
    viewport()->setAutoFillBackground(false);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &InspectorPage::followScroll);
}

void InspectorPage::show(const Finding& finding, const RuleInfo* rule, bool severalFiles)
{
    auto* content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(16, 12, 16, 0);
    m_column->setSpacing(8);
    m_anchors = {};
    addWhat(finding, rule);
    addEvidence(finding, severalFiles);
    if (rule != nullptr) {
        addFix(*rule, finding);
        addReferences(rule->references);
    }
    m_tail = new QWidget(content);
    m_column->addWidget(m_tail);
    m_column->addStretch(1);
    const QScopedValueRollback<bool> guard(m_jumping, true);
    setWidget(content); // deletes the one before
    content->setAutoFillBackground(false); // the area has just asked for one: the ring lies behind it
    settleSoon();
    verticalScrollBar()->setValue(0);
    m_section = What;
    Q_EMIT sectionChanged(What);
}

void InspectorPage::heading(Section section, const QString& text)
{
    if (m_column->count() > 0) {
        m_column->addSpacing(8);
    }
    auto* label = new SectionLabel(text);
    m_anchors[section] = label;
    m_column->addWidget(label);
}

void InspectorPage::paragraph(const QString& text, bool quiet)
{
    if (text.isEmpty()) {
        return;
    }
    auto* label =
        new SelectableText(quiet ? TextRole::Small : TextRole::Base, quiet ? Token::TextSecondary : Token::TextPrimary);
    label->setText(text);
    label->setAccessibleName(text);
    m_column->addWidget(label);
}

void InspectorPage::addWhat(const Finding& finding, const RuleInfo* rule)
{
    m_anchors[What] = m_column->parentWidget(); // the top: needs no heading
    paragraph(shownText(finding.message));
    if (rule == nullptr) {
        paragraph(tr("This version does not know the rule %1.").arg(shownText(finding.rule)), true);
        return;
    }
    // Some say only what the rule says; of an expired token or half a pair the rule says too much.
    if (!shownText(finding.message).startsWith(shownText(rule->whatHappens)) && !finding.arguments.contains("use")) {
        paragraph(shownText(rule->whatHappens, true), true);
    }
    if (!rule->whereFrom.empty()) {
        paragraph(tr("How it got here: %1").arg(shownText(rule->whereFrom, true)), true);
    }
}

void InspectorPage::addEvidence(const Finding& finding, bool severalFiles)
{
    const auto lines = evidenceLines(finding);
    if (lines.empty()) {
        return;
    }
    heading(EvidenceSection, tr("Evidence"));
    auto* rows = new QVBoxLayout;
    rows->setSpacing(0);
    m_column->addLayout(rows);
    addEvidenceRows(*rows, lines, severalFiles, 0, std::min(evidenceAtOnce, lines.size()));
    if (const auto places = countPlaces(finding); places.all > places.listed) {
        paragraph(
            tr("%n more place(s), counted but not listed.", nullptr, static_cast<int>(places.all - places.listed)));
    }
    if (lines.size() <= evidenceAtOnce) {
        return;
    }
    auto* more = new QPushButton(tr("Show %1 more").arg(lines.size() - evidenceAtOnce));
    setSmall(more);
    m_column->addWidget(more, 0, Qt::AlignLeft);
    // The finding is copied because its analysis may be replaced meanwhile.
    connect(more, &QPushButton::clicked, this, [this, more, finding, severalFiles, rows] {
        const auto all = evidenceLines(finding);
        addEvidenceRows(*rows, all, severalFiles, evidenceAtOnce, all.size());
        more->deleteLater();
    });
}

void InspectorPage::addEvidenceRows(
    QVBoxLayout& rows, const std::vector<EvidenceLine>& lines, bool severalFiles, std::size_t from, std::size_t to)
{
    for (std::size_t i = from; i < to; ++i) {
        const auto& line = lines[i];
        QString place = placeOf(line.evidence->location, severalFiles);
        if (line.places > 1 && !place.isEmpty()) {
            place = tr("%1, %n places", nullptr, line.places).arg(place);
        }
        auto* row = new EvidenceRow(line, static_cast<int>(i) + 1, i + 1 == lines.size(), place);
        connect(row, &EvidenceRow::activated, this, &InspectorPage::locationActivated);
        rows.addWidget(row);
    }
}

void InspectorPage::example(const QString& caption, const std::string& code, bool right)
{
    if (code.empty()) {
        return;
    }
    auto* line = new QHBoxLayout;
    line->setSpacing(6);
    line->addWidget(
        new SmallIcon(right ? QStringLiteral("check") : QStringLiteral("x"), right ? Token::Ok : Token::High, nullptr));
    line->addWidget(new Label(caption, TextRole::Small, Token::TextSecondary), 1);
    m_column->addLayout(line);
    m_column->addWidget(new CodeBox(shownText(code, true), right ? Token::DiffAdded : Token::DiffRemoved, nullptr));
}

void InspectorPage::addFix(const RuleInfo& rule, const Finding& finding)
{
    const auto advice = rules::adviceFor(rule, finding);
    if (advice.howToFix.empty() && advice.rightExample.empty()) {
        return;
    }
    heading(Fix, tr("Fix"));
    paragraph(shownText(advice.howToFix, true));
    example(advice.rightExample.empty() ? tr("For example") : tr("Instead of"), advice.wrongExample, false);
    example(tr("Write"), advice.rightExample, true);
}

void InspectorPage::addReferences(const cupel::References& references)
{
    const bool none =
        references.cwe.empty() && references.atlas.empty() && references.owasp.empty() && references.url.empty();
    if (none) {
        return;
    }
    heading(References, tr("References"));
    auto* chips = new QWidget;
    auto* flow = new FlowLayout(6, false, chips);
    const auto add = [&](const std::vector<std::string>& ids, const QString& prefix, const QString& what) {
        for (const std::string& id : ids) {
            auto* chip = new Chip(prefix + shownText(id), chips);
            chip->setIconName(QStringLiteral("book-open"));
            chip->setAccessibleDescription(what);
            flow->addWidget(chip);
        }
    };
    add(references.cwe, {}, tr("Common Weakness Enumeration"));
    add(references.atlas, QStringLiteral("ATLAS "), tr("MITRE ATLAS technique"));
    add(references.owasp, QStringLiteral("OWASP "), tr("OWASP list entry"));
    m_column->addWidget(chips);
    for (const std::string& url : references.url) {
        paragraph(shownText(url), true); // text to copy: this program opens no network address
    }
}

void InspectorPage::goTo(Section section)
{
    if (widget() == nullptr || m_anchors[section] == nullptr) {
        return;
    }
    const QScopedValueRollback<bool> guard(m_jumping, true);
    fitTail();
    widget()->layout()->activate();
    widget()->resize(widget()->width(), std::max(viewport()->height(), widget()->heightForWidth(widget()->width())));
    m_section = section;
    verticalScrollBar()->setValue(section == What ? 0 : m_anchors[section]->y() - 8);
}

void InspectorPage::followScroll()
{
    if (m_jumping || widget() == nullptr) {
        return;
    }
    const QScrollBar* bar = verticalScrollBar();
    int section = What;
    for (int i = What; i < SectionCount; ++i) {
        const QWidget* anchor = m_anchors[static_cast<std::size_t>(i)];
        if (anchor != nullptr && anchor->y() - 16 <= bar->value()) {
            section = i;
        }
    }
    if (section != m_section) {
        m_section = section;
        Q_EMIT sectionChanged(section);
    }
}

void InspectorPage::focusInEvent(QFocusEvent* event)
{
    QScrollArea::focusInEvent(event);
    viewport()->update();
}

void InspectorPage::focusOutEvent(QFocusEvent* event)
{
    QScrollArea::focusOutEvent(event);
    viewport()->update();
}

// Who asks for the explanation while it stands there sees where it is.
void InspectorPage::paintEvent(QPaintEvent* event)
{
    QScrollArea::paintEvent(event);
    if (hasFocus() && focusVisible()) {
        QPainter painter(viewport());
        paintFocusRing(painter, QRectF(viewport()->rect()).adjusted(4, 4, -4, -4), radius::control);
    }
}

void InspectorPage::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    fitTail();
    settleSoon();
}

// Heights that were asked for before the page had its width and its fonts are kept by the layouts inside: they ask once
// more when it has.
void InspectorPage::settleSoon()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            for (auto* text : findChildren<SelectableText*>()) {
                text->remeasure();
            }
        },
        Qt::QueuedConnection);
}

// Enough room below that the last section can be scrolled to the top, as a tab promises.
void InspectorPage::fitTail()
{
    QWidget* last = nullptr;
    for (int i = Fix; i < SectionCount; ++i) {
        last = m_anchors[static_cast<std::size_t>(i)] != nullptr ? m_anchors[static_cast<std::size_t>(i)] : last;
    }
    if (m_tail == nullptr || widget() == nullptr) {
        return;
    }
    if (m_tail->y() + 16 <= viewport()->height()) {
        m_tail->setFixedHeight(16); // everything is in sight: nothing to scroll
        return;
    }
    const int below = last != nullptr ? m_tail->y() - last->y() : viewport()->height();
    m_tail->setFixedHeight(std::max(16, viewport()->height() - below - 8));
}

} // namespace cupel::widgets
