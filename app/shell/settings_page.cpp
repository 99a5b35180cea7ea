// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/settings_page.h"

#include "app/session/session.h"
#include "app/shell/shortcut_editor.h"
#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/theme.h"

#include <QtCore/QDir>
#include <QtGui/QPainter>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDoubleSpinBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::app {

using widgets::Label;
using widgets::TextRole;
using widgets::Token;

namespace {

constexpr int columnWidth = 760;
constexpr int controlWidth = 240;

bool containsAll(const QString& text, const QString& words)
{
    const QStringList parts = words.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(
        parts.begin(), parts.end(), [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

SettingRow::SettingRow(Session& session, const SettingInfo& info, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_info(info)
    , m_changed(new Label(tr("Changed"), TextRole::Caption, Token::Link, false, this))
    , m_reset(new widgets::IconButton(
          QStringLiteral("undo-2"), tr("Reset “%1” to its default").arg(settingText(info.title)), this))
{
    auto* title = new QHBoxLayout;
    title->setSpacing(8);
    title->addWidget(new Label(settingText(info.title), TextRole::Base, Token::TextPrimary, false, this));
    title->addWidget(m_changed);
    title->addStretch(1);
    auto* help = new Label(settingText(info.help), TextRole::Small, Token::TextMuted, false, this);
    help->setWordWrap(true);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addLayout(title);
    words->addWidget(help);
    QWidget* control = makeControl();
    control->setObjectName(QString::fromUtf8(info.key));
    control->setAccessibleName(settingText(info.title));
    control->setAccessibleDescription(settingText(info.help));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 8, 0, 8);
    row->setSpacing(16);
    row->addLayout(words, 1);
    row->addWidget(control, 0, Qt::AlignVCenter);
    row->addWidget(m_reset, 0, Qt::AlignVCenter);
    QSizePolicy keep = m_reset->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(keep);
    connect(m_reset, &QAbstractButton::clicked, this, [this] { change(QString::fromUtf8(m_info.fallback)); });
    connect(&session.settings(), &Settings::changed, this, [this](const QString& key) {
        if (key == QLatin1String(m_info.key)) {
            refresh();
        }
    });
    refresh();
}

QWidget* SettingRow::makeControl()
{
    switch (m_info.type) {
    case SettingType::Bool:
        return makeToggle();
    case SettingType::Integer:
    case SettingType::Number:
        return makeNumber();
    case SettingType::Choice:
        return makeChoice();
    case SettingType::Text:
    case SettingType::Folder:
        break;
    }
    return makeText(m_info.type == SettingType::Folder);
}

QWidget* SettingRow::makeToggle()
{
    auto* box = new QCheckBox(this);
    connect(box, &QCheckBox::toggled, this, [this](bool on) { change(on ? u"true"_qs : u"false"_qs); });
    m_show = [box](const QString& value) { box->setChecked(value == u"true"); };
    return box;
}

QWidget* SettingRow::makeNumber()
{
    auto* box = new QDoubleSpinBox(this);
    const bool whole = m_info.type == SettingType::Integer;
    box->setRange(m_info.minimum, m_info.maximum);
    box->setDecimals(whole ? 0 : 2);
    box->setSingleStep(whole ? 1 : 0.1);
    box->setFixedWidth(120);
    box->setKeyboardTracking(false); // "12" is not first "1"
    connect(box, &QDoubleSpinBox::valueChanged, this,
        [this, whole](double value) { change(whole ? QString::number(value, 'f', 0) : QString::number(value)); });
    m_show = [box](const QString& value) { box->setValue(value.toDouble()); };
    return box;
}

QWidget* SettingRow::makeChoice()
{
    auto* box = new QComboBox(this);
    for (const SettingChoice& choice : m_info.choices) {
        box->addItem(settingText(choice.label), QString::fromUtf8(choice.value));
    }
    box->setFixedWidth(controlWidth);
    connect(box, &QComboBox::currentIndexChanged, this, [this, box] { change(box->currentData().toString()); });
    m_show = [box](const QString& value) { box->setCurrentIndex(box->findData(value)); };
    return box;
}

QWidget* SettingRow::makeText(bool folder)
{
    auto* edit = new QLineEdit(this);
    edit->setFixedWidth(controlWidth);
    edit->setMaxLength(4096);
    connect(edit, &QLineEdit::editingFinished, this, [this, edit] { change(edit->text()); });
    m_show = [edit](const QString& value) { edit->setText(value); };
    if (folder) {
        QAction* pick = edit->addAction(widgets::icon(QStringLiteral("folder-open")), QLineEdit::TrailingPosition);
        pick->setText(tr("Choose a folder"));
        connect(pick, &QAction::triggered, this, [this, edit] {
            auto* dialog = new QFileDialog(this, settingText(m_info.title), edit->text());
            dialog->setFileMode(QFileDialog::Directory);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { change(path); });
            dialog->open();
        });
    }
    return edit;
}

void SettingRow::change(const QString& value)
{
    const QString key = QString::fromUtf8(m_info.key);
    if (isValid(m_info, value) && m_session.settings().text(key) != value) {
        m_session.settings().set(key, value);
    }
}

void SettingRow::refresh()
{
    const QString key = QString::fromUtf8(m_info.key);
    m_show(m_session.settings().text(key));
    const bool changed = !m_session.settings().isDefault(key);
    m_changed->setVisible(changed);
    m_reset->setVisible(changed);
}

bool SettingRow::matches(const QString& words) const
{
    return containsAll(settingText(m_info.group) + u' ' + settingText(m_info.title) + u' ' + settingText(m_info.help)
            + u' ' + QString::fromUtf8(m_info.key),
        words);
}

SettingsPage::SettingsPage(Session& session, Actions& actions, QWidget* parent)
    : View(parent)
    , m_session(session)
    , m_actions(actions)
    , m_search(new QLineEdit(this))
    , m_none(new Label(tr("No setting has these words."), TextRole::Base, Token::TextSecondary, false, this))
{
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    auto* page = new QWidget(area);
    page->setAutoFillBackground(false);
    auto* middle = new QHBoxLayout(page);
    middle->setContentsMargins(32, 40, 32, 32);
    auto* content = new QWidget(page);
    content->setMaximumWidth(columnWidth);
    middle->addStretch(1);
    middle->addWidget(content, 100);
    middle->addStretch(1);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    build(column);
    area->setWidget(page);
    page->setAutoFillBackground(false); // setWidget turned it on
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(area);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::search);
}

void SettingsPage::build(QVBoxLayout* column)
{
    column->addWidget(new Label(tr("Settings"), TextRole::H1, Token::TextPrimary, true, this));
    const QString file = QDir::toNativeSeparators(m_session.settings().file());
    auto* where =
        new Label(tr("Applied at once, and kept in %1").arg(file), TextRole::Small, Token::TextMuted, false, this);
    where->setTextInteractionFlags(Qt::TextSelectableByMouse);
    where->setWordWrap(true);
    column->addWidget(where);
    column->addSpacing(16);
    m_search->setPlaceholderText(tr("Search settings and shortcuts"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->addAction(widgets::icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    column->addWidget(m_search);
    column->addWidget(m_none);
    m_none->hide();
    const char* group = nullptr;
    for (const SettingInfo& info : settingTable()) {
        if (!group || qstrcmp(group, info.group) != 0) {
            group = info.group;
            auto* head = new Label(settingText(group), TextRole::H3, Token::TextPrimary, true, this);
            head->setContentsMargins(0, 24, 0, 4);
            column->addWidget(head);
            m_groups.push_back({head, {}});
        }
        auto* row = new SettingRow(m_session, info, this);
        column->addWidget(row);
        m_groups.back().rows.push_back(row);
    }
    auto* head = new Label(tr("Shortcuts"), TextRole::H3, Token::TextPrimary, true, this);
    head->setContentsMargins(0, 24, 0, 4);
    m_shortcutHead = head;
    column->addWidget(head);
    m_shortcuts = new ShortcutEditor(m_session, m_actions, this);
    column->addWidget(m_shortcuts);
    column->addStretch(1);
}

void SettingsPage::takeFocus()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
}

void SettingsPage::search(const QString& words)
{
    bool any = false;
    for (Group& group : m_groups) {
        bool inGroup = false;
        for (SettingRow* row : group.rows) {
            const bool shown = row->matches(words);
            row->setVisible(shown);
            inGroup = inGroup || shown;
        }
        group.head->setVisible(inGroup);
        any = any || inGroup;
    }
    const bool shortcuts = m_shortcuts->filter(words);
    m_shortcutHead->setVisible(shortcuts);
    m_shortcuts->setVisible(shortcuts);
    m_none->setVisible(!any && !shortcuts);
}

void SettingsPage::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), widgets::color(Token::Surface));
}

} // namespace cupel::app
