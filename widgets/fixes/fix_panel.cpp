// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/fix_panel.h"

#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/profile_words.h"
#include "widgets/common/states.h"
#include "widgets/fixes/edit_delegate.h"
#include "widgets/fixes/verdict_card.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtGui/QScreen>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStyleOption>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

// Its open list is as wide as its words, not as the field; closed it shows the name, for which there is room.
class ProfileBox : public QComboBox {
public:
    static constexpr int titleRole = Qt::UserRole;
    using QComboBox::QComboBox;
    void showPopup() override
    {
        const int wanted = view()->sizeHintForColumn(0) + 2 * popupMargin;
        const QRect room = screen()->availableGeometry();
        view()->setMinimumWidth(std::min(wanted, room.right() - mapToGlobal(QPoint(0, 0)).x()));
        QComboBox::showPopup();
    }

protected:
    void initStyleOption(QStyleOptionComboBox* option) const override
    {
        QComboBox::initStyleOption(option);
        option->currentText = currentData(titleRole).toString();
    }

private:
    static constexpr int popupMargin = 12; // px
};

// As high as its rows: the panel around it scrolls, and there is one bar. A page is what of the list can be seen.
class EditList : public QListView {
public:
    using QListView::QListView;
    [[nodiscard]] QSize minimumSizeHint() const override { return {1, rowsHeight()}; }
    [[nodiscard]] QSize sizeHint() const override { return {QListView::sizeHint().width(), rowsHeight()}; }

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override
    {
        if (model()->rowCount() == 0 || (action != MovePageDown && action != MovePageUp)) {
            return QListView::moveCursor(action, modifiers);
        }
        const int seen = visibleRegion().boundingRect().height();
        const int step = std::max(1, seen / std::max(1, sizeHintForRow(0)) - 1);
        const int wanted = currentIndex().row() + (action == MovePageDown ? step : -step);
        return model()->index(std::clamp(wanted, 0, model()->rowCount() - 1), 0);
    }

private:
    [[nodiscard]] int rowsHeight() const
    {
        constexpr int most = QWIDGETSIZE_MAX / 4; // beyond that it scrolls again
        const int rows = model() != nullptr ? model()->rowCount() : 0;
        const int row = rows > 0 ? std::max(1, sizeHintForRow(0)) : 0; // all are alike
        return std::min(rows, most / std::max(1, row)) * row;
    }
};

} // namespace

FixPanel::FixPanel(FixState* state, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_profiles(new ProfileBox(this))
    , m_add(new QPushButton(tr("Add your own…"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_trouble(new Band(Band::Tone::Error, this))
    , m_all(new QCheckBox(this))
    , m_reset(new QPushButton(tr("Reset"), this))
    , m_note(new Label({}, TextRole::Small, Token::TextMuted, false, this))
    , m_list(new EditList(this))
    , m_model(state)
{
    setAccessibleName(tr("Edits before sharing"));
    setFocusPolicy(Qt::NoFocus);
    m_profiles->setAccessibleName(tr("Share with"));
    m_profiles->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // the panel may be narrow
    m_profiles->setMinimumContentsLength(6);
    m_all->setAccessibleName(tr("All edits"));
    m_add->setToolTip(plainToolTip(tr("A text file in the form of the profiles that come with Cupel")));
    m_remove->setToolTip(plainToolTip(tr("Takes the profile off this list; its file stays. Undo brings it back.")));
    for (auto* button : {m_add, m_remove}) {
        button->setFlat(true);
        setSmall(button);
    }
    m_reset->setFlat(true);
    setSmall(m_reset);
    m_reset->setToolTip(plainToolTip(tr("Switch the edits as the profile asks for them")));
    m_note->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("share.edits"));
    m_list->setAccessibleName(tr("Edits"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setItemDelegate(new EditDelegate(m_list));
    m_list->setModel(&m_model);

    layOut();
    wire();
    fillProfiles();
    follow();
}

void FixPanel::layOut()
{
    auto* head = new QVBoxLayout;
    head->setContentsMargins(16, 8, 16, 8);
    head->setSpacing(6);
    head->addWidget(new SectionLabel(tr("Share with"), this));
    head->addWidget(m_profiles);
    auto* own = new QHBoxLayout;
    own->setContentsMargins(0, 0, 0, 0);
    own->addWidget(m_add);
    own->addWidget(m_remove);
    own->addStretch(1);
    head->addLayout(own);
    head->addWidget(m_trouble);
    head->addSpacing(6);
    head->addWidget(new VerdictCard(m_state, this));
    head->addSpacing(4);
    m_switches = new QBoxLayout(QBoxLayout::LeftToRight);
    m_switches->addWidget(m_all, 1);
    m_switches->addWidget(m_reset);
    m_all->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // the panel may be narrower than its words
    head->addLayout(m_switches);
    auto* page = new QWidget; // scrolls as a whole
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_list);
    column->addStretch(1);
    m_area = new QScrollArea(this);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setWidget(page);
    page->setMinimumWidth(1); // as wide as the panel, never wider
    m_area->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false); // setWidget turned it on
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_area, 1);
    m_note->setContentsMargins(16, 6, 16, 8);
    all->addWidget(m_note); // below what scrolls: never cut
    fitList();
}

void FixPanel::fitList()
{
    m_list->setFixedHeight(m_list->minimumSizeHint().height());
    showCurrent();
}

void FixPanel::showCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid() || m_area->widget() == nullptr) {
        return;
    }
    m_area->widget()->layout()->activate();
    const QRect row = m_list->visualRect(current);
    const QPoint top = m_list->viewport()->mapTo(m_area->widget(), row.topLeft());
    m_area->ensureVisible(0, top.y() + row.height() / 2, 0, row.height() / 2 + 4);
}

bool FixPanel::event(QEvent* event)
{
    if (event->type() == QEvent::StyleChange) {
        fitList();
    }
    if (event->type() == QEvent::Resize || event->type() == QEvent::StyleChange) {
        const bool both = m_all->sizeHint().width() + m_reset->sizeHint().width() + 3 * 16 <= width();
        m_switches->setDirection(both ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    }
    return View::event(event);
}

void FixPanel::wire()
{
    connect(m_profiles, &QComboBox::activated, this,
        [this](int at) { m_state->chooseProfile(static_cast<std::size_t>(at)); });
    connect(m_all, &QCheckBox::clicked, this,
        [this] { m_state->setAllOn(m_state->onCount() < m_state->outcome()->plan.edits.size()); });
    connect(m_add, &QPushButton::clicked, this, &FixPanel::profileAddRequested);
    connect(m_remove, &QPushButton::clicked, this, [this] { Q_EMIT profileRemoveRequested(m_state->profileIndex()); });
    connect(m_trouble, &StateCard::activated, this, &FixPanel::profilesReadRequested);
    connect(m_reset, &QPushButton::clicked, m_state, &FixState::reset);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (const EditRow* current = m_model.at(index)) {
            m_state->setCurrentEdit(current->edits.front());
        }
        showCurrent();
    });
    connect(m_state, &FixState::outcomeChanged, this, &FixPanel::follow);
    connect(m_state, &FixState::requested, this, &FixPanel::follow);
    connect(m_state, &FixState::profileChanged, this, &FixPanel::fillProfiles);
    connect(m_state, &FixState::currentEditChanged, this, [this] {
        const int at = m_model.rowOfEdit(m_state->currentEdit());
        if (at >= 0 && m_list->currentIndex().row() != at) {
            m_list->setCurrentIndex(m_model.index(at, 0));
        }
    });
}

void FixPanel::takeFocus()
{
    if (!m_list->currentIndex().isValid() && m_model.rowCount() > 0) {
        m_list->setCurrentIndex(m_model.index(0, 0));
    }
    // Also while it is empty: the edits are still being worked out.
    m_list->setFocus(Qt::ShortcutFocusReason);
    showCurrent();
}

void FixPanel::fillProfiles()
{
    const QSignalBlocker quiet(m_profiles);
    m_profiles->clear();
    for (const auto& profile : m_state->profiles()) {
        const auto audience = profileWords(profile.audience);
        const bool own = m_state->isOwn(static_cast<std::size_t>(m_profiles->count()));
        const auto title = profileWords(profile.title);
        m_profiles->addItem(icon(own ? QStringLiteral("user") : QStringLiteral("globe")),
            title + (audience.isEmpty() ? QString() : QStringLiteral(" \u2013 ") + audience), title);
    }
    for (int i = 0; i < m_profiles->count(); ++i) {
        m_profiles->setItemData(i, plainToolTip(m_profiles->itemText(i)), Qt::ToolTipRole);
    }
    m_profiles->setCurrentIndex(static_cast<int>(m_state->profileIndex()));
    m_profiles->setToolTip(plainToolTip(m_profiles->currentText()));
    m_remove->setVisible(m_state->isOwn(m_state->profileIndex()));
    showTrouble();
}

void FixPanel::showTrouble()
{
    const auto& troubles = m_state->profileTroubles();
    if (troubles.empty()) {
        m_trouble->hide();
        return;
    }
    const auto more = static_cast<int>(troubles.size()) - 1;
    m_trouble->setState(tr("%1 is not used").arg(troubles.front().file),
        more > 0 ? tr("%1 And %n more.", nullptr, more).arg(troubles.front().why) : troubles.front().why,
        tr("Read again"));
    m_trouble->show();
    // What it needs is known when it has its fonts and its width; what stands around it goes by a plain height.
    QMetaObject::invokeMethod(
        this,
        [this] {
            const int room = std::max(200, width() - 2 * 16);
            m_trouble->setFixedHeight(std::max(64, m_trouble->heightForWidth(room)));
        },
        Qt::QueuedConnection);
}

void FixPanel::follow()
{
    const auto& outcome = m_state->outcome();
    const auto all = outcome ? outcome->plan.edits.size() : 0;
    const auto on = m_state->onCount();
    m_all->setEnabled(all > 0);
    m_reset->setEnabled(!m_state->choices().empty());
    m_reset->setVisible(all > 0);
    const auto rows = static_cast<std::size_t>(m_model.rowCount());
    m_list->setFixedHeight(m_list->minimumSizeHint().height());
    m_all->setText(all == 0 ? tr("No edits")
                            : tr("Edits: %1 of %2 on").arg(m_state->madeCount()).arg(all)); // rows of several say so
    if (m_list->hasFocus() && !m_list->currentIndex().isValid() && rows > 0) {
        m_list->setCurrentIndex(m_model.index(0, 0)); // they have come meanwhile
    }
    m_all->setTristate(on > 0 && on < all);
    m_all->setCheckState(on == 0 ? Qt::Unchecked : on == all ? Qt::Checked : Qt::PartiallyChecked);
    const auto left = static_cast<int>(m_state->personLeft());
    m_note->setText(left > 0 ? tr("%n finding(s) only a person can mend: see Review.", nullptr, left) : QString());
    m_note->setVisible(left > 0);
}

} // namespace cupel::widgets
