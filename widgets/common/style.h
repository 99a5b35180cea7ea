// SPDX-License-Identifier: GPL-3.0-or-later
// The look of every standard control: Fusion with flat, rounded, quiet drawings, coloured by tokens alone (no style
// sheet). The application owns it through QApplication::setStyle; UI thread only.
//
// Properties a widget may carry: "small" and "large" (28 and 36 px button),
// "keyHint" (keys shown in a button), "focusRadius" (corner of
// the ring around a button), "innerFocus" (paints its ring itself), "invalid" (an input whose text is wrong).
#pragma once

#include <QtWidgets/QProxyStyle>

class QApplication;
class QLineEdit;
class QStyleOptionHeader;
class QStyleOptionToolButton;

namespace cupel::widgets {

class FocusTracker;

class Style : public QProxyStyle {
    Q_OBJECT
public:
    Style();
    ~Style() override;

    using QProxyStyle::polish;
    void polish(QApplication* application) override;
    void polish(QWidget* widget) override;

    bool eventFilter(QObject* watched, QEvent* event) override; // cuts the corners of drop-down lists

    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(
        StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const override;
    QSize sizeFromContents(
        ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub,
        const QWidget* widget) const override;
    QIcon standardIcon(StandardPixmap pixmap, const QStyleOption* option, const QWidget* widget) const override;

    void drawPrimitive(
        PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawControl(
        ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
        const QWidget* widget) const override;

private:
    void drawOtherControl(
        ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const;
    void drawHeader(const QStyleOptionHeader& header, QPainter& painter, const QWidget* widget) const;
    void drawToolButton(const QStyleOptionToolButton& option, QPainter& painter, const QWidget* widget) const;
    FocusTracker* m_focus = nullptr;
};

// Style, fonts and theme, in the right order; once, after the QApplication is made and before the first window.
void installStyle(QApplication& application);
// The red frame of an input that cannot be understood; the reason belongs in text beside it.
void setInvalid(QLineEdit* edit, bool invalid);

} // namespace cupel::widgets
