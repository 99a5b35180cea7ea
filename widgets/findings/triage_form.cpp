// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/triage_form.h"

#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"
#include "widgets/models/decision_words.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDateEdit>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <array>

namespace cupel::widgets {

namespace {

using review::Reason;

constexpr std::array<Reason, 5> reasons{
    Reason::FalsePositive, Reason::TestData, Reason::AcceptedRisk, Reason::Mitigated, Reason::WontFix};
constexpr int longestNote = 2000; // a line of the file has at most 16 KiB
constexpr int longestAuthor = 200;
// Items of the list of terms.
enum Term { Never, Month, Quarter, Year, OnDate };

QString explained(Reason reason)
{
    switch (reason) {
    case Reason::FalsePositive:
        return TriageForm::tr("it is not what the rule takes it for");
    case Reason::TestData:
        return TriageForm::tr("it is made up, or meant to be public");
    case Reason::AcceptedRisk:
        return TriageForm::tr("it is real, and may stay as it is");
    case Reason::Mitigated:
        return TriageForm::tr("something else keeps it from doing harm");
    case Reason::WontFix:
        break;
    }
    return TriageForm::tr("it is real, and nobody will change it");
}

QWidget* titled(const QString& title, QWidget* field)
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* label = new SectionLabel(title);
    label->setBuddy(field);
    column->addWidget(label);
    column->addWidget(field);
    return box;
}

// Until when: letters typed here are meant for the note, which stands in front of it, and choose no term.
class TermBox : public QComboBox {
public:
    TermBox(QLineEdit* note, QWidget* parent)
        : QComboBox(parent)
        , m_note(note)
    {
    }

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        const QString text = event->text();
        const bool plain = (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier | Qt::GroupSwitchModifier))
            == Qt::NoModifier;
        if (!plain || text.isEmpty() || !text.at(0).isPrint() || text.at(0).isSpace()) {
            QComboBox::keyPressEvent(event);
            return;
        }
        m_note->setFocus(Qt::OtherFocusReason);
        m_note->end(false); // what is there already stays
        QCoreApplication::sendEvent(m_note, event);
    }

private:
    QLineEdit* m_note;
};

} // namespace

TriageForm::TriageForm(TriageSubject subject, QWidget* parent)
    : QWidget(parent)
    , m_subject(std::move(subject))
{
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* page = m_page = new QWidget(area);
    auto* content = new QVBoxLayout(page);
    content->setContentsMargins(2, 0, 8, 2); // focus rings need their room
    content->setSpacing(12);
    auto* what = new Label(m_subject.findings == 1
            ? m_subject.title
            : tr("One decision for %n finding(s). Undo takes all of it back at once.", nullptr, m_subject.findings),
        TextRole::Base, Token::TextSecondary, false, page);
    what->setWordWrap(true);
    what->setTextFormat(Qt::PlainText);
    content->addWidget(what);
    content->addWidget(makeReasons());
    content->addWidget(makeFields());
    content->addStretch(1);
    area->setWidget(page);
    area->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false); // setWidget turned it on
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(area, 1);
    m_problem = new Label({}, TextRole::Small, Token::TextPrimary, true, this);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    column->addWidget(m_buttons = makeButtons());
    fill();
}

int TriageForm::heightForWidth(int width) const
{
    int height = m_page->layout()->totalHeightForWidth(width) + layout()->spacing() + m_buttons->sizeHint().height();
    if (!m_problem->isHidden()) {
        height += layout()->spacing() + std::max(m_problem->minimumHeight(), m_problem->heightForWidth(width));
    }
    return height;
}

QWidget* TriageForm::makeReasons()
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(new SectionLabel(tr("Why it may stay")));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(2, 1);
    for (std::size_t i = 0; i < reasons.size(); ++i) {
        const int row = static_cast<int>(i);
        auto* choice = new QRadioButton(word(reasons[i]), box);
        choice->setAccessibleDescription(explained(reasons[i]));
        connect(choice, &QRadioButton::toggled, this, [this] { m_problem->hide(); });
        m_reasons.push_back(choice);
        grid->addWidget(new KeyCap(QString::number(i + 1), box), row, 0);
        grid->addWidget(choice, row, 1);
        grid->addWidget(new ElidedLabel(explained(reasons[i]), TextRole::Small, Token::TextMuted, false, box), row, 2);
    }
    column->addLayout(grid);
    return box;
}

QWidget* TriageForm::makeFields()
{
    auto* box = new QWidget;
    m_note = new QLineEdit(box);
    m_note->setMaxLength(longestNote);
    m_note->setAccessibleName(tr("Note"));
    m_note->setPlaceholderText(m_subject.critical > 0 ? tr("What convinced you; needed for a critical finding")
                                                      : tr("What convinced you; others will read it"));
    m_author = new QLineEdit(box);
    m_author->setMaxLength(longestAuthor);
    m_author->setAccessibleName(tr("Decided by"));
    m_term = new TermBox(m_note, box);
    m_term->setAccessibleName(tr("Holds until"));
    m_term->addItems({tr("for good"), tr("for 30 days"), tr("for 90 days"), tr("for a year"), tr("until a day…")});
    m_date = new QDateEdit(box);
    m_date->setAccessibleName(tr("Last day on which it holds"));
    m_date->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    m_date->setMinimumDate(m_subject.today);
    m_date->setDate(m_subject.today.addDays(90));
    m_date->hide();
    auto* term = new QWidget(box);
    auto* termRow = new QHBoxLayout(term);
    termRow->setContentsMargins(0, 0, 0, 0);
    termRow->setSpacing(8);
    termRow->addWidget(m_term, 1);
    termRow->addWidget(m_date, 1);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(titled(tr("Note"), m_note));
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(titled(tr("Holds"), term), 1);
    row->addWidget(titled(tr("Decided by"), m_author), 1);
    column->addLayout(row);
    // The name is filled in and selected when it is reached: whoever tabs on from the note must not type over it.
    setTabOrder(m_note, m_term);
    setTabOrder(m_term, m_date);
    setTabOrder(m_date, m_author);
    connect(m_term, &QComboBox::currentIndexChanged, this, &TriageForm::followTerm);
    connect(m_note, &QLineEdit::textEdited, this, [this] { m_problem->hide(); });
    return box;
}

QWidget* TriageForm::makeButtons()
{
    auto* box = new QWidget;
    auto* accept = new QPushButton(
        m_subject.findings == 1 ? tr("Decide") : tr("Decide %n finding(s)", nullptr, m_subject.findings), box);
    accept->setDefault(true);
    accept->setObjectName(QStringLiteral("triage.accept"));
    auto* cancel = new QPushButton(tr("Cancel"), box);
    auto* remove = new QPushButton(tr("Remove decision"), box);
    remove->setFlat(true);
    remove->setObjectName(QStringLiteral("triage.remove"));
    remove->setVisible(m_subject.decided > 0);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(8);
    row->addWidget(accept);
    row->addWidget(cancel);
    row->addStretch(1);
    row->addWidget(remove);
    connect(accept, &QPushButton::clicked, this, &TriageForm::submit);
    connect(cancel, &QPushButton::clicked, this, &TriageForm::cancelled);
    connect(remove, &QPushButton::clicked, this, &TriageForm::removeRequested);
    return box;
}

void TriageForm::fill()
{
    m_author->setText(m_subject.author);
    if (!m_subject.before) {
        return;
    }
    const review::Decision& before = *m_subject.before;
    for (std::size_t i = 0; i < reasons.size(); ++i) {
        m_reasons[i]->setChecked(reasons[i] == before.reason);
    }
    m_note->setText(shownText(before.note));
    const QDate until = QDate::fromString(QString::fromStdString(before.expires), Qt::ISODate);
    if (until.isValid() && until >= m_subject.today) {
        m_date->setDate(until);
        m_term->setCurrentIndex(OnDate);
    }
}

void TriageForm::takeFocus()
{
    const int chosen = chosenReason();
    m_reasons[static_cast<std::size_t>(std::max(0, chosen))]->setFocus(Qt::TabFocusReason);
}

int TriageForm::chosenReason() const
{
    for (std::size_t i = 0; i < m_reasons.size(); ++i) {
        if (m_reasons[i]->isChecked()) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

void TriageForm::followTerm()
{
    m_date->setVisible(m_term->currentIndex() == OnDate);
}

// A digit is a reason while no field takes it as a letter.
void TriageForm::keyPressEvent(QKeyEvent* event)
{
    const int digit = event->key() - Qt::Key_1;
    if (digit >= 0 && digit < static_cast<int>(m_reasons.size()) && event->modifiers() == Qt::NoModifier) {
        m_reasons[static_cast<std::size_t>(digit)]->setChecked(true);
        m_note->setFocus(Qt::TabFocusReason);
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) { // also from the fields
        if (auto* button = qobject_cast<QPushButton*>(focusWidget()); button && button->hasFocus()) {
            button->click();
        } else {
            submit();
        }
        return;
    }
    QWidget::keyPressEvent(event);
}

void TriageForm::complain(const QString& text)
{
    m_problem->setText(text);
    m_problem->setAccessibleName(text);
    m_problem->show();
    updateGeometry();
}

void TriageForm::refuse(const TriageRefusal& refusal)
{
    complain(refusal.why);
    (refusal.part == TriageRefusal::Part::Author ? m_author : m_note)->setFocus(Qt::OtherFocusReason);
}

void TriageForm::submit()
{
    const int chosen = chosenReason();
    TriageAnswer answer;
    answer.note = m_note->text().simplified();
    answer.author = m_author->text().simplified();
    if (chosen < 0) {
        complain(tr("Choose a reason: 1 to 5."));
        takeFocus();
        return;
    }
    if (m_subject.critical > 0 && answer.note.isEmpty()) {
        complain(tr("A critical finding needs a note: whoever reads the decision must be able to follow it."));
        m_note->setFocus(Qt::TabFocusReason);
        return;
    }
    answer.reason = reasons[static_cast<std::size_t>(chosen)];
    const auto after = [this](int days) { return m_subject.today.addDays(days).toString(Qt::ISODate); };
    switch (m_term->currentIndex()) {
    case Month:
        answer.expires = after(30);
        break;
    case Quarter:
        answer.expires = after(90);
        break;
    case Year:
        answer.expires = after(365);
        break;
    case OnDate:
        answer.expires = m_date->date().toString(Qt::ISODate);
        break;
    default:
        break;
    }
    Q_EMIT answered(answer);
}

} // namespace cupel::widgets
