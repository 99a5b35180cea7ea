// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/trust_keeper.h"

#include "app/settings/saver.h"

#include <QtCore/QFile>

#include <utility>

namespace cupel::app {

TrustKeeper::TrustKeeper(Saver& saver, QString file)
    : m_saver(saver)
    , m_file(std::move(file))
{
    QFile kept(m_file);
    if (kept.open(QIODevice::ReadOnly)) {
        m_trust = DecisionTrust::fromJson(kept.read(DecisionTrust::maxBytes));
    }
}

void TrustKeeper::save()
{
    m_saver.save(m_file, [trust = m_trust] { return trust.toJson(); });
}

} // namespace cupel::app
