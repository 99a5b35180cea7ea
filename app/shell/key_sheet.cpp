// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/key_sheet.h"

#include "analyzers/rules/rule_set.h"
#include "app/shell/actions.h"
#include "app/shell/help_topics.h"
#include "app/shell/sheet.h"
#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/labels.h"
#include "widgets/common/theme.h"

#include <QtCore/QCoreApplication>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

namespace cupel::app {

using widgets::Label;
using widgets::TextRole;
using widgets::Token;

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("KeySheet", text);
}

} // namespace

void addKeyRow(QGridLayout* grid, int row, const QString& text, const QStringList& keys, QWidget* parent)
{
    auto* words = new Label(text, TextRole::Base, Token::TextPrimary, false, parent);
    words->setWordWrap(true);
    grid->addWidget(words, row, 0);
    auto* caps = new widgets::FlowLayout(4, false);
    caps->askForOneLine();
    for (qsizetype i = 0; i < keys.size(); ++i) {
        if (i > 0) {
            caps->addWidget(new Label(translated("or"), TextRole::Small, Token::TextMuted, false, parent));
        }
        caps->addWidget(new widgets::KeyCap(keys[i], parent));
    }
    grid->addLayout(caps, row, 1);
}

Sheet* makeKeySheet(const Actions& actions, QWidget* window)
{
    auto* sheet = new Sheet(translated("Keyboard map"), window, {640, 680});
    setHelpTopic(sheet, "keys");
    auto* area = new QScrollArea(sheet);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setAccessibleName(translated("Keys"));
    area->viewport()->setAutoFillBackground(false);
    auto* page = new QWidget(area);
    page->setAutoFillBackground(false);
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(0, 0, 12, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(0, 1);
    const char* menu = nullptr;
    int row = 0;
    for (const ActionInfo& info : actionTable()) {
        const QString id = QString::fromUtf8(info.id);
        const QList<QKeySequence> keys = actions.keysOf(id);
        if (keys.isEmpty()) {
            continue;
        }
        if (!menu || qstrcmp(menu, info.menu) != 0) {
            menu = info.menu;
            if (row > 0) {
                grid->addItem(new QSpacerItem(0, 12), row++, 0);
            }
            grid->addWidget(new Label(actionText(menu), TextRole::H3, Token::TextPrimary, true, page), row++, 0, 1, 2);
        }
        QStringList names;
        for (const QKeySequence& one : keys) {
            names += one.toString(QKeySequence::NativeText);
        }
        addKeyRow(grid, row++, actions.at(id)->text(), names, page);
    }
    grid->setRowStretch(row, 1);
    area->setWidget(page);
    page->setAutoFillBackground(false); // setWidget turned it on
    auto* hint = new Label(translated("All keys can be changed in the settings. Single keys rest while you type."),
        TextRole::Small, Token::TextMuted, false, sheet);
    hint->setWordWrap(true);
    sheet->body()->addWidget(hint);
    sheet->body()->addWidget(area, 1);
    return sheet;
}

Sheet* makeAboutSheet(QWidget* window)
{
    auto* sheet = new Sheet(translated("About Cupel"), window, {480, 300});
    setHelpTopic(sheet, "safety");
    const std::string_view ruleDate = rules::catalogueVersion();
    const QString version = translated("Cupel %1, rules %2 (%3), Qt %4")
                                .arg(QCoreApplication::applicationVersion(),
                                    QString::fromUtf8(ruleDate.data(), static_cast<qsizetype>(ruleDate.size())))
                                .arg(rules::catalogueSize())
                                .arg(QString::fromLatin1(qVersion()));
    const QStringList texts{version,
        translated("A security workbench for machine-learning work. It judges notebooks and the files around them "
                   "without running anything, and it never uses the network."),
        translated("Free software under the GNU General Public License, version 3 or later. It comes without any "
                   "warranty. Fonts: Inter and JetBrains Mono (OFL). Icons: Lucide (ISC).")};
    for (const QString& text : texts) {
        auto* label = new Label(text, TextRole::Base, Token::TextSecondary, false, sheet);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        sheet->body()->addWidget(label);
    }
    sheet->body()->addStretch(1);
    return sheet;
}

} // namespace cupel::app
