// SPDX-License-Identifier: GPL-3.0-or-later
// Why something is decided about a threat. It can be asked for a decision: then it takes the keyboard, so that what is
// typed is no key of the window, and gives it back with Enter or Esc.
#pragma once

#include "analyzers/threats/threat_model.h"

#include <QtCore/QPointer>
#include <QtWidgets/QLineEdit>

#include <optional>
#include <utility>

namespace cupel::widgets {

class ReasonField : public QLineEdit {
    Q_OBJECT
public:
    using Answer = std::pair<threats::Applicability, threats::Decision>;

    explicit ReasonField(QWidget* parent = nullptr);
    [[nodiscard]] static bool isNeeded(const Answer& answer);
    [[nodiscard]] bool blank() const { return text().trimmed().isEmpty(); }
    [[nodiscard]] bool waits() const { return m_asked.has_value(); }
    void ask(const Answer& answer);
    [[nodiscard]] bool taken(); // the decision was made; false: nobody waited for it
    void forget(); // what was asked for, and what was said about it

Q_SIGNALS:
    void told(const QString& text);
    void wanted(); // it has to be in sight
    void entered(const cupel::widgets::ReasonField::Answer& answer); // with a reason, or where it needs one

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void enter();
    void leave();

    std::optional<Answer> m_asked;
    QPointer<QWidget> m_from; // where the keyboard was before
};

} // namespace cupel::widgets
