// SPDX-License-Identifier: GPL-3.0-or-later
// Base of every view. Views receive values and send intents; the session turns intents into actions.
#pragma once

#include <QtCore/QString>
#include <QtWidgets/QWidget>

namespace cupel::widgets {

struct Intent {
    enum class Kind : std::uint8_t {
        OpenFiles, // paths: files to open; empty: ask
        OpenFolder,
        OpenSample,
        RemoveRecent,
        Rescan,
        ExportReport,
        CopyMarkdown, // the current finding
        CopyLink,
        Explain, // rule id in text
        ShowNotChecked,
        ShowRawText,
        Locate, // a recent that is not reachable
        Cancel, // the running job
        ClearFilter,
        RevealSecret, // a masked value was shown while a key was held: written to the log
        Triage, // decide about the chosen findings
        RemoveDecision, // of the chosen findings
        UseDecisions, // those that came with the folder
        IgnoreDecisions,
        ShowModel, // the current file, taken apart
        FocusCanvas, // the keyboard goes to the current finding in the canvas
    };
    Kind kind = Kind::OpenFiles;
    QStringList paths;
    QString text;
};

class View : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    // The region that takes the keyboard when F6 or a mode change comes here.
    virtual void takeFocus() { setFocus(Qt::ShortcutFocusReason); }

Q_SIGNALS:
    void intent(const cupel::widgets::Intent& intent);
};

} // namespace cupel::widgets

Q_DECLARE_METATYPE(cupel::widgets::Intent)
