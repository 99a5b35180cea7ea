// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/rule_sheet.h"

#include "app/shell/help_topics.h"
#include "app/shell/sheet.h"
#include "widgets/common/labels.h"
#include "widgets/common/severity.h"
#include "widgets/findings/inspector_page.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtWidgets/QVBoxLayout>

namespace cupel::app {

Sheet* makeRuleSheet(const RuleInfo& rule, QWidget* window)
{
    auto* sheet = new Sheet(widgets::shownText(rule.title), window, {620, 600});
    setHelpTopic(sheet, "palette");
    auto* facts =
        new widgets::Label(QCoreApplication::translate("RuleSheet", "%1, %2. No finding of it in this review.")
                               .arg(QString::fromStdString(rule.id), widgets::word(rule.severity)),
            widgets::TextRole::Small, widgets::Token::TextMuted, false, sheet);
    facts->setTextFormat(Qt::PlainText);
    facts->setWordWrap(true);
    auto* page = new widgets::InspectorPage(sheet);
    page->setAccessibleName(QCoreApplication::translate("RuleSheet", "Explanation"));
    page->show(Finding{}, &rule, false);
    sheet->body()->addWidget(facts);
    sheet->body()->addWidget(page, 1);
    return sheet;
}

} // namespace cupel::app
