// SPDX-License-Identifier: GPL-3.0-or-later
// One cell's source in a real editor: read-only, foldable, with a find bar. Gets text that is already masked; the
// canvas owns at most one of them.
#pragma once

#include "analyzers/model/finding.h"
#include "widgets/editor/code_spans.h"

#include <QtWidgets/QWidget>

#include <vector>

class QLabel;
class QLineEdit;
class QsciScintilla;

namespace cupel::widgets {

class SourceView : public QWidget {
    Q_OBJECT
public:
    explicit SourceView(QWidget* parent = nullptr);
    void setSource(const QString& masked, Language language);
    struct Note {
        int line = 0; // from 0
        Severity severity = Severity::Info;
        QString title;
    };
    void setNotes(const std::vector<Note>& notes); // under lines of the source, in their order; gone with it
    void goTo(const Note& note);
    void setSubject(const QString& name); // what screen readers call the editor
    void clear();
    [[nodiscard]] QString source() const;
    void openFind();
    [[nodiscard]] QString selectedText() const;
    [[nodiscard]] int wantedHeight() const; // for all of its rows and the lines below them, at this width

Q_SIGNALS:
    void closed(); // Esc
    void heightWanted(); // another one than before

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setUpEditor();
    void setUpFindBar();
    void restyle(); // colours and fonts of the theme
    void colour(const QString& text, Language language);
    void foldByIndent(const QString& text);
    void find(bool forward);
    void closeFind();
    bool editorKey(int key, Qt::KeyboardModifiers modifiers);

    QsciScintilla* m_editor;
    QWidget* m_findBar;
    QLineEdit* m_findText;
    QLabel* m_findState;
    QLabel* m_nature; // that it is no place to type in
    Language m_language = Language::Python;
};

} // namespace cupel::widgets
