// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/term_field.h"

#include <QtCore/QDate>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDateEdit>
#include <QtWidgets/QHBoxLayout>

namespace cupel::widgets {

namespace {

constexpr int usual = 90; // days

} // namespace

TermField::TermField(QWidget* parent)
    : QWidget(parent)
    , m_limited(new QCheckBox(tr("Holds until"), this))
    , m_date(new QDateEdit(this))
{
    m_limited->setToolTip(tr("Accepted, mitigated and transferred threats are shown again after this day"));
    m_date->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    m_date->setAccessibleName(tr("Last day on which it holds"));
    m_date->setEnabled(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_limited);
    row->addWidget(m_date, 1);
    connect(m_limited, &QCheckBox::toggled, m_date, &QWidget::setEnabled);
    setUntil({});
}

QString TermField::until() const
{
    return m_limited->isChecked() ? m_date->date().toString(Qt::ISODate) : QString();
}

void TermField::setUntil(const QString& date)
{
    const QDate day = QDate::fromString(date, Qt::ISODate);
    m_limited->setChecked(day.isValid());
    m_date->setDate(day.isValid() ? day : QDate::currentDate().addDays(usual));
}

} // namespace cupel::widgets
