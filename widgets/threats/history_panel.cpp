// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/history_panel.h"

#include "widgets/common/buttons.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QScopedValueRollback>
#include <QtCore/QSignalBlocker>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr std::size_t mostRows = 2'000;
constexpr std::size_t none = std::numeric_limits<std::size_t>::max(); // a row of the list that is no event

FactRow heading(const QString& text)
{
    FactRow row;
    row.heading = true;
    row.title = text;
    return row;
}

QString kindTitle(const std::string& kind)
{
    return kind == "element" ? HistoryPanel::tr("Elements")
        : kind == "flow"     ? HistoryPanel::tr("Flows")
        : kind == "zone"     ? HistoryPanel::tr("Zones")
                             : HistoryPanel::tr("Threats");
}

QString whatWord(threats::PartChange::What what)
{
    return what == threats::PartChange::What::Added  ? HistoryPanel::tr("added")
        : what == threats::PartChange::What::Removed ? HistoryPanel::tr("removed")
                                                     : HistoryPanel::tr("changed");
}

} // namespace

HistoryPanel::HistoryPanel(ThreatState& state, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_history(state.history())
    , m_search(new QLineEdit(this))
    , m_who(new QComboBox(this))
    , m_only(new Chip(tr("Only what is chosen"), this))
    , m_pages(new SegmentedControl({tr("Events"), tr("Differences")}, tr("What is listed"), this))
    , m_from(new QPushButton(tr("From here"), this))
    , m_to(new QPushButton(tr("Up to here"), this))
    , m_all(new QPushButton(tr("All of it"), this))
    , m_note(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_stack(new QStackedWidget(this))
    , m_events(new FactRows(tr("History of the threat model")))
    , m_differences(new FactRows(tr("What differs between the two moments")))
{
    setAccessibleName(tr("History"));
    setFocusPolicy(Qt::NoFocus);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(16, 0, 16, 0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(12, 0, 12, 0);
    top->setSpacing(8);
    top->addWidget(m_pages, 0, Qt::AlignLeft);
    m_filters = makeFilters();
    m_moments = makeMoments();
    top->addWidget(m_filters);
    top->addWidget(m_moments);
    column->addLayout(top);
    column->addWidget(m_note);
    m_stack->addWidget(m_events);
    m_stack->addWidget(m_differences);
    column->addWidget(m_stack, 1);
    connect(m_pages, &SegmentedControl::currentChanged, this, [this](int page) { setPage(static_cast<Page>(page)); });
    connect(m_events, &FactRows::chosen, this, [this](int row) {
        if (!m_updating && m_rows[static_cast<std::size_t>(row)] != none) {
            open(m_history.events()[m_rows[static_cast<std::size_t>(row)]].what);
        }
    });
    connect(m_events, &FactRows::opened, this, &HistoryPanel::threatRequested);
    connect(m_differences, &FactRows::chosen, this, &HistoryPanel::chooseDifference);
    connect(m_differences, &FactRows::opened, this, [this](int row) {
        const std::string id = m_ids[static_cast<std::size_t>(row)];
        m_history.end();
        open(id);
        Q_EMIT threatRequested();
    });
    connect(&state, &ThreatState::selectionChanged, this, [this] {
        if (m_only->isChecked() && !m_updating) {
            filter();
        }
    });
    connect(&m_history, &HistoryState::listChanged, this, &HistoryPanel::update);
    connect(&m_history, &HistoryState::spanChanged, this, &HistoryPanel::update);
    connect(&m_history, &HistoryState::compared, this, &HistoryPanel::update);
    update();
}

QWidget* HistoryPanel::makeFilters()
{
    auto* box = new QWidget(this);
    m_search->setPlaceholderText(tr("Find in the history"));
    m_search->setAccessibleName(tr("Find in the history"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("search"), Token::TextMuted), QLineEdit::LeadingPosition);
    m_who->setAccessibleName(tr("Who did it"));
    m_who->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_who->setMinimumContentsLength(7);
    m_only->setCheckable(true);
    m_only->setActive(true);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_search);
    auto* flow = new FlowLayout(6, false);
    flow->addWidget(m_who);
    flow->addWidget(m_only);
    column->addLayout(flow);
    connect(m_search, &QLineEdit::textChanged, this, &HistoryPanel::filter);
    connect(m_who, &QComboBox::activated, this, &HistoryPanel::filter);
    connect(m_only, &QAbstractButton::clicked, this, &HistoryPanel::filter);
    return box;
}

QWidget* HistoryPanel::makeMoments()
{
    auto* box = new QWidget(this);
    auto* flow = new FlowLayout(6, false, box);
    m_from->setToolTip(tr("Compare the model before this event with a later moment"));
    m_to->setToolTip(tr("Compare an earlier moment with the model after this event"));
    m_all->setToolTip(tr("Compare the model before anybody changed it with the model now"));
    setKeyHint(m_from, QStringLiteral("["));
    setKeyHint(m_to, QStringLiteral("]"));
    for (QPushButton* one : {m_from, m_to, m_all}) {
        setSmall(one);
        flow->addWidget(one);
    }
    connect(m_from, &QPushButton::clicked, this, [this] { compareAt(true); });
    connect(m_to, &QPushButton::clicked, this, [this] { compareAt(false); });
    connect(m_all, &QPushButton::clicked, this, [this] { m_history.compareAll(); });
    return box;
}

void HistoryPanel::takeFocus()
{
    (page() == Page::Events ? m_events : m_differences)->setFocus(Qt::ShortcutFocusReason);
}

HistoryPanel::Page HistoryPanel::page() const
{
    return static_cast<Page>(m_stack->currentIndex());
}

void HistoryPanel::setPage(Page page)
{
    const QSignalBlocker quiet(m_pages);
    m_pages->setCurrent(static_cast<int>(page));
    m_stack->setCurrentIndex(static_cast<int>(page));
    update();
}

QString HistoryPanel::note() const
{
    return m_note->text();
}

void HistoryPanel::compareAt(bool from)
{
    const auto row = m_events->currentIndex().row();
    const auto at = static_cast<std::size_t>(row);
    if (row < 0 || at >= m_rows.size() || m_rows[at] == none) {
        return;
    }
    from ? m_history.compareFrom(m_rows[at]) : m_history.compareTo(m_rows[at]);
}

void HistoryPanel::filter()
{
    HistoryState::Filter filter;
    if (const QVariant who = m_who->currentData(); who.isValid()) {
        filter.who = who.toString().toStdString();
    }
    if (m_only->isChecked()) {
        const auto* threat = m_state.threat();
        filter.about = !m_state.part().empty() ? m_state.part() : threat ? threat->id : std::string();
    }
    filter.search = m_search->text().trimmed().toLower();
    m_history.setFilter(filter);
}

void HistoryPanel::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    if (m_stale) {
        update();
    }
}

void HistoryPanel::update()
{
    m_stale = !isVisible();
    if (m_stale) {
        return;
    }
    const QScopedValueRollback<bool> guard(m_updating, true);
    const bool any = !m_history.events().empty();
    const bool listed = page() == Page::Events;
    m_filters->setVisible(any && listed);
    m_moments->setVisible(any && listed);
    fillPeople();
    fillEvents();
    fillDifferences();
    if (!any) {
        m_note->setText(tr("Nobody has changed anything yet. What is drawn, named and decided is listed here, with who "
                           "did it and when, and two moments of it can be compared."));
    } else if (m_history.span()) {
        m_note->setText(m_history.comparison() ? tr("Compared: %1.").arg(m_history.spanWords())
                                               : tr("Comparing %1\u2026").arg(m_history.spanWords()));
    } else if (!listed) {
        m_note->setText(tr("Nothing is compared. Choose an event and the moment before or after it."));
    } else if (m_history.shown().empty()) {
        m_note->setText(tr("No event fits this choice."));
    } else {
        m_note->setText(m_history.lookedAtAll()
                ? tr("%n event(s), the newest first.", nullptr, static_cast<int>(m_history.shown().size()))
                : tr("%n event(s) among the newest that were looked through.", nullptr,
                      static_cast<int>(m_history.shown().size())));
    }
    const bool chosen = m_events->currentIndex().isValid();
    m_from->setEnabled(chosen);
    m_to->setEnabled(chosen);
}

void HistoryPanel::fillPeople()
{
    const QSignalBlocker quiet(m_who);
    const QVariant chosen = m_who->currentData();
    m_who->clear();
    m_who->addItem(tr("Everybody"));
    for (const auto& name : m_history.authors()) {
        m_who->addItem(name.empty() ? tr("A scan") : shownText(name), QString::fromStdString(name));
    }
    m_who->setCurrentIndex(chosen.isValid() ? std::max(0, m_who->findData(chosen)) : 0);
}

void HistoryPanel::fillEvents()
{
    const auto row = m_events->currentIndex().row();
    const auto kept =
        row >= 0 && static_cast<std::size_t>(row) < m_rows.size() ? m_rows[static_cast<std::size_t>(row)] : none;
    const auto& span = m_history.span();
    const auto& all = m_history.events();
    std::vector<FactRow> rows;
    m_rows.clear();
    QString day;
    int mark = -1;
    for (const auto index : m_history.shown()) {
        if (rows.size() >= mostRows) {
            rows.push_back(heading(tr("Older events stand in the file; narrow the list to see them")));
            m_rows.push_back(none);
            break;
        }
        const auto& event = all[index];
        const QString moment = momentWords(event.at);
        if (const QString today = moment.left(10); today != day) {
            day = today;
            rows.push_back(heading(day));
            m_rows.push_back(none);
        }
        FactRow one;
        one.title = m_history.changeOf(event);
        one.tip = shownText(event.what);
        const QString name = m_history.nameOf(event.what);
        const QString part = m_history.partNameOf(event.what);
        one.detail = tr("%1\n%2, %3")
                         .arg(part.isEmpty() ? name : tr("%1, at %2").arg(name, part), moment.mid(11),
                             event.who.empty() ? tr("a scan") : shownText(event.who));
        if (const QString note = shownText(event.note); !note.isEmpty() && note != name) {
            one.detail += u'\n' + note;
        }
        if (span && index >= span->from && index < span->to) {
            one.right = tr("compared");
        }
        mark = index == kept ? static_cast<int>(rows.size()) : mark;
        rows.push_back(std::move(one));
        m_rows.push_back(index);
    }
    m_events->setFacts(std::move(rows));
    m_events->mark(mark);
}

void HistoryPanel::fillDifferences()
{
    std::vector<FactRow> rows;
    m_ids.clear();
    const auto& comparison = m_history.comparison();
    std::string kind;
    for (const auto& change : comparison ? comparison->diff.changes : std::vector<threats::PartChange>()) {
        if (rows.size() >= mostRows) {
            rows.push_back(heading(tr("There are more differences than are listed")));
            m_ids.emplace_back();
            break;
        }
        if (change.kind != kind) {
            kind = change.kind;
            rows.push_back(heading(kindTitle(kind)));
            m_ids.emplace_back();
        }
        FactRow row;
        row.title = m_history.nameOf(change.id);
        row.right = whatWord(change.what);
        row.tip = shownText(change.id);
        QStringList facts;
        if (const auto target = comparison->targets.find(change.id); target != comparison->targets.end()) {
            facts += m_history.nameOf(target->second);
        }
        for (const auto& fact : change.facts) {
            facts += m_history.factOf(fact);
        }
        row.detail = facts.join(u'\n');
        rows.push_back(std::move(row));
        m_ids.push_back(change.id);
    }
    if (rows.empty() && comparison) {
        rows.push_back(heading(tr("Nothing differs but places in the drawing")));
        m_ids.emplace_back();
    }
    m_differences->setFacts(std::move(rows));
}

void HistoryPanel::chooseDifference(int row)
{
    const auto& comparison = m_history.comparison();
    if (m_updating || !comparison) {
        return;
    }
    const std::string& id = m_ids[static_cast<std::size_t>(row)];
    const auto target = comparison->targets.find(id);
    m_history.select(target == comparison->targets.end() ? id : target->second);
}

void HistoryPanel::open(const std::string& id)
{
    const QScopedValueRollback<bool> guard(m_updating, true);
    const auto& reading = m_state.reading();
    const auto isThreat = [&](const threats::Threat& threat) { return threat.id == id; };
    if (reading
        && std::any_of(reading->overlaid.model.threats.begin(), reading->overlaid.model.threats.end(), isThreat)) {
        m_state.selectThreat(id);
    } else if (m_state.hasPart(id)) {
        m_state.selectPart(id);
    }
    m_from->setEnabled(m_events->currentIndex().isValid());
    m_to->setEnabled(m_events->currentIndex().isValid());
}

void HistoryPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->text() == QStringLiteral("[") || event->text() == QStringLiteral("]")) {
        compareAt(event->text() == QStringLiteral("["));
    } else if (event->key() == Qt::Key_Escape && m_history.span()) {
        m_history.end();
        setPage(Page::Events);
    } else {
        View::keyPressEvent(event);
    }
}

} // namespace cupel::widgets
