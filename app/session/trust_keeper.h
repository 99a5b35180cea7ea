// SPDX-License-Identifier: GPL-3.0-or-later
// What the user answered about decisions that came with folders, of findings and of threat models alike, and the file
// that keeps the answers between runs. UI thread; the session owns it.
#pragma once

#include "app/session/decision_trust.h"

namespace cupel::app {

class Saver;

class TrustKeeper {
public:
    TrustKeeper(Saver& saver, QString file);
    [[nodiscard]] DecisionTrust& trust() { return m_trust; }
    void save(); // soon, in the background

private:
    Saver& m_saver;
    QString m_file;
    DecisionTrust m_trust;
};

} // namespace cupel::app
