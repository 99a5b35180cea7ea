// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/scoping_cards.h"

#include "analyzers/threats/work/scoping.h"
#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

using threats::TeamModel;

namespace {

constexpr int yes = 0;
constexpr int no = 1;
constexpr int unknown = 2;

} // namespace

ScopingCards::ScopingCards(ThreatState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_progress(new Label({}, TextRole::H3, Token::TextPrimary, true, this))
{
    auto* content = new QWidget;
    auto* list = new QVBoxLayout(content);
    list->setContentsMargins(16, 8, 16, 12);
    list->setSpacing(4);
    list->addWidget(m_progress);
    for (const auto& question : threats::scopingQuestions()) {
        const QString text = shownText(question.text);
        auto* title = new Label(text, TextRole::Base, Token::TextPrimary, true, content);
        title->setWordWrap(true);
        title->setContentsMargins(0, 12, 0, 0);
        Card card;
        card.id = question.id;
        card.answer = new SegmentedControl({tr("Yes"), tr("No"), tr("Not known")}, text, content);
        card.answer->setCurrent(unknown);
        card.fact = new Label({}, TextRole::Small, Token::TextSecondary, false, content);
        card.fact->setTextFormat(Qt::PlainText);
        card.fact->setWordWrap(true);
        list->addWidget(title);
        card.show = new QPushButton(content);
        card.show->setFlat(true);
        card.show->hide();
        setSmall(card.show);
        list->addWidget(card.fact);
        list->addWidget(card.show, 0, Qt::AlignLeft);
        connect(card.show, &QPushButton::clicked, this, [this, at = m_cards.size()] {
            const std::string& shows = m_cards[at].shows;
            const auto& reading = m_state.reading();
            reading && reading->findings.contains(shows) ? m_state.openEvidence(shows) : m_state.openSeen(shows);
        });
        list->addWidget(card.answer, 0, Qt::AlignLeft);
        connect(card.answer, &SegmentedControl::currentChanged, this,
            [this, id = question.id](int choice) { save(id, choice); });
        m_cards.push_back(card);
    }
    list->addStretch(1);
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(area);
    connect(&state, &ThreatState::changed, this, &ScopingCards::update);
    update();
}

SegmentedControl* ScopingCards::answer(const std::string& question) const
{
    const auto found =
        std::find_if(m_cards.begin(), m_cards.end(), [&question](const Card& card) { return card.id == question; });
    return found == m_cards.end() ? nullptr : found->answer;
}

QPushButton* ScopingCards::evidence(const std::string& question) const
{
    const auto found =
        std::find_if(m_cards.begin(), m_cards.end(), [&question](const Card& card) { return card.id == question; });
    return found == m_cards.end() ? nullptr : found->show;
}

// The worst finding that answers it or says that it matters; else the first place that does.
void ScopingCards::fillEvidence(Card& card, const std::vector<std::string>& evidence)
{
    const auto& findings = m_state.reading()->findings;
    const ThreatEvidence* worst = nullptr;
    card.shows.clear();
    for (const std::string& one : evidence) {
        const auto found = findings.find(one);
        if (found != findings.end() && (!worst || found->second.severity > worst->severity)) {
            worst = &found->second;
            card.shows = one;
        }
    }
    card.show->setVisible(worst != nullptr);
    if (worst) {
        const QString name = shownText(worst->artifact.substr(worst->artifact.rfind('/') + 1));
        const QString text = tr("%1: %2, %3").arg(shownText(worst->title), name, shownText(worst->place));
        card.show->setText(text);
        card.show->setAccessibleName(tr("Show what the scan found: %1").arg(text));
        return;
    }
    const auto& places = m_state.reading()->places;
    const auto seen = std::find_if(
        evidence.begin(), evidence.end(), [&places](const std::string& one) { return places.contains(one); });
    if (seen != evidence.end()) {
        showPlace(card, *seen);
    }
}

void ScopingCards::showPlace(Card& card, const std::string& seen)
{
    const auto& place = m_state.reading()->places.at(seen);
    const QString name = shownText(place.artifact.substr(place.artifact.rfind('/') + 1));
    const QString text = place.cell >= 0 ? tr("Seen in %1, cell %2").arg(name).arg(place.cell)
        : place.line > 0                 ? tr("Seen in %1, line %2").arg(name).arg(place.line)
                                         : tr("Seen in %1").arg(name);
    card.shows = seen;
    card.show->setText(text);
    card.show->setAccessibleName(text);
    card.show->setVisible(true);
}

void ScopingCards::takeFocus()
{
    if (!m_cards.empty()) {
        const auto buttons = m_cards.front().answer->findChildren<QAbstractButton*>();
        for (QAbstractButton* button : buttons) {
            if (button->isChecked()) {
                button->setFocus(Qt::OtherFocusReason);
            }
        }
    }
}

void ScopingCards::save(const std::string& question, int choice)
{
    if (m_filling) {
        return;
    }
    const std::string value = choice == yes ? "yes" : choice == no ? "no" : std::string();
    m_state.edit(tr("Answer a question"), [question, value](TeamModel& team) {
        if (value.empty()) {
            team.answers.erase(question);
        } else {
            team.answers[question] = value;
        }
    });
}

QString ScopingCards::factWords(const threats::ScopingFact& fact, bool answered)
{
    const auto about = static_cast<int>(fact.about);
    if (fact.about == 0) {
        return tr("Nothing in the model asks for it.");
    }
    if (fact.overruled > 0) {
        return tr("About %n element(s); your answer counts, the scan says something else:", nullptr, about);
    }
    if (fact.answer && !answered) {
        return tr("Answered by the scan for %n element(s) (%1); your answer counts more.", nullptr, about)
            .arg(shownText(fact.example));
    }
    return fact.known == 0
        ? tr("About %n element(s).", nullptr, about)
        : tr("About %1 elements; of %2 it is known: %3").arg(fact.about).arg(fact.known).arg(shownText(fact.example));
}

void ScopingCards::update()
{
    const QScopedValueRollback<bool> guard(m_filling, true);
    const auto& reading = m_state.reading();
    m_open = 0;
    if (!reading) {
        return;
    }
    const auto& questions = threats::scopingQuestions();
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        const auto fact = threats::factOf(questions[i], reading->overlaid.model);
        const auto said = reading->overlaid.answers.find(m_cards[i].id);
        const bool answered = said != reading->overlaid.answers.end();
        m_cards[i].answer->setCurrent(!answered ? (fact.answer ? (*fact.answer ? yes : no) : unknown)
                : said->second == "yes"         ? yes
                : said->second == "no"          ? no
                                                : unknown);
        m_cards[i].fact->setText(factWords(fact, answered));
        fillEvidence(m_cards[i], fact.evidence);
        m_open += fact.about > fact.known && !answered ? 1 : 0;
    }
    m_progress->setText(
        m_open == 0 ? tr("Every question that matters is answered") : tr("%n question(s) to answer", nullptr, m_open));
}

} // namespace cupel::widgets
