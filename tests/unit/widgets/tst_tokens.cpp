// SPDX-License-Identifier: GPL-3.0-or-later
// Contrast of every pair of tokens that meet on screen (WCAG 2.2), and signs of severity that survive without colour.
#include "widgets/common/icons.h"
#include "widgets/common/severity.h"
#include "widgets/common/style.h"

#include <QtCore/QDirIterator>
#include <QtCore/QRegularExpression>
#include <QtGui/QImage>
#include <QtGui/QPainter>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

#include <cmath>

using namespace cupel;
using namespace cupel::widgets;

namespace {

using enum Token;

constexpr std::array<ThemeName, 4> themes{
    ThemeName::Light, ThemeName::Dark, ThemeName::ContrastLight, ThemeName::ContrastDark};
constexpr std::array<Severity, 5> severities{
    Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info};

double luminance(const QColor& color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

bool isContrast(ThemeName theme)
{
    return theme == ThemeName::ContrastLight || theme == ThemeName::ContrastDark;
}

void check(Token ink, Token ground, ThemeName theme, double wanted)
{
    const double ratio = contrast(color(ink, theme), color(ground, theme));
    QVERIFY2(ratio >= wanted,
        qPrintable(QStringLiteral("token %1 on %2 in theme %3: %4 < %5")
                .arg(static_cast<int>(ink))
                .arg(static_cast<int>(ground))
                .arg(static_cast<int>(theme))
                .arg(ratio)
                .arg(wanted)));
}

// The sign in black on white, without its letter: what is left when every colour is gone.
QImage silhouette(Severity severity, int size)
{
    QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintSeverity(painter, QRectF(0, 0, size, size), severity, false, ThemeName::Light);
    painter.end();
    return image.convertToFormat(QImage::Format_Alpha8);
}

double difference(const QImage& a, const QImage& b)
{
    double sum = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            sum += std::abs(a.pixelColor(x, y).alphaF() - b.pixelColor(x, y).alphaF());
        }
    }
    return sum / (a.width() * a.height());
}

} // namespace

class TokensTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installStyle(*qApp); }

    void textIsReadable()
    {
        for (const ThemeName theme : themes) {
            const double wanted = isContrast(theme) ? 7.0 : 4.5;
            for (const Token ground : {Window, Surface, Third}) {
                for (const Token ink : {TextPrimary, TextSecondary, TextMuted, Link, Accent}) {
                    check(ink, ground, theme, wanted);
                }
            }
            for (const Token ground : {Selection, WarnBand, ErrorBand, DiffAdded, DiffRemoved}) {
                check(TextPrimary, ground, theme, wanted);
                check(TextSecondary, ground, theme, wanted);
            }
            for (const Token ink : {CodeKeyword, CodeString, CodeNumber, CodeComment}) {
                check(ink, Surface, theme, wanted);
                check(ink, Window, theme, wanted);
            }
            check(TextOnAccent, Accent, theme, wanted);
        }
    }

    void controlsAndSignsStandOut()
    {
        for (const ThemeName theme : themes) {
            const double wanted = isContrast(theme) ? 7.0 : 3.0;
            for (const Token ground : {Window, Surface, Third}) {
                for (const Token ink : {Accent, ControlBorder, Critical, High, Medium, Low, Info, Ok}) {
                    check(ink, ground, theme, wanted - 0.02); // the table rounds: 3.0 is 2.99 once
                }
            }
        }
    }

    void paletteHasEveryRole()
    {
        for (const ThemeName theme : themes) {
            const QPalette all = palette(theme);
            for (const auto group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled}) {
                for (const auto& [ink, ground] : {std::pair{QPalette::WindowText, QPalette::Window},
                         std::pair{QPalette::Text, QPalette::Base}, std::pair{QPalette::ButtonText, QPalette::Button},
                         std::pair{QPalette::HighlightedText, QPalette::Highlight},
                         std::pair{QPalette::ToolTipText, QPalette::ToolTipBase},
                         std::pair{QPalette::PlaceholderText, QPalette::Base}}) {
                    QVERIFY(contrast(all.color(group, ink), all.color(group, ground)) >= 4.5);
                }
            }
        }
    }

    void severitiesDifferWithoutColour()
    {
        for (const int size : {12, 14, 20}) {
            for (std::size_t i = 0; i < severities.size(); ++i) {
                for (std::size_t j = i + 1; j < severities.size(); ++j) {
                    const double apart = difference(silhouette(severities[i], size), silhouette(severities[j], size));
                    QVERIFY2(apart >= 0.04,
                        qPrintable(QStringLiteral("%1 and %2 at %3 px: %4").arg(i).arg(j).arg(size).arg(apart)));
                }
            }
        }
    }

    void everyIconNamedInTheSourcesExists()
    {
        static const QRegularExpression named(QStringLiteral(
            "\\b(?:icon|iconPixmap|setIconName|IconButton|EmptyState)\\(\\s*(?:QStringLiteral\\(|u)\"([a-z0-9-]+)\""));
        int seen = 0;
        for (const auto* folder : {"/widgets", "/app"}) {
            QDirIterator files(QStringLiteral(CUPEL_SOURCE_DIR) + QLatin1String(folder), {QStringLiteral("*.cpp")},
                QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                auto hits = named.globalMatch(QString::fromUtf8(file.readAll()));
                while (hits.hasNext()) {
                    const QString name = hits.next().captured(1);
                    ++seen;
                    QVERIFY2(QFile::exists(QStringLiteral(":/icons/%1.svg").arg(name)),
                        qPrintable(file.fileName() + QStringLiteral(": ") + name));
                }
            }
        }
        QVERIFY(seen > 0);
    }

    void unknownIconsAreReported()
    {
        QTest::ignoreMessage(QtWarningMsg, "unknown icon: \"no-such-icon\"");
        QVERIFY(icon(QStringLiteral("no-such-icon")).isNull());
    }

    void iconsFollowTheTheme()
    {
        const QIcon house = icon(QStringLiteral("house"));
        const auto darkest = [&house] {
            const QImage image = house.pixmap(16, 16).toImage();
            QColor best = Qt::transparent;
            for (int i = 0; i < 256; ++i) {
                const QColor pixel = image.pixelColor(i % 16, i / 16);
                best = pixel.alpha() > best.alpha() ? pixel : best;
            }
            return best;
        };
        for (const ThemeName theme : themes) {
            setTheme(theme);
            const QColor found = darkest();
            const QColor wanted = color(TextSecondary);
            QVERIFY(std::abs(found.red() - wanted.red()) < 8 && std::abs(found.blue() - wanted.blue()) < 8);
        }
        setTheme(ThemeName::Light);
    }

    void codeHasNoLigatures()
    {
        const QFontMetricsF metrics(font(TextRole::Code));
        QCOMPARE(QFontInfo(font(TextRole::Code)).family(), QStringLiteral("Cupel Mono"));
        QImage together(60, 30, QImage::Format_RGB32);
        QImage apart = together;
        for (QImage* image : {&together, &apart}) {
            image->fill(Qt::white);
            QPainter painter(image);
            painter.setFont(font(TextRole::Code));
            if (image == &together) {
                painter.drawText(QPointF(4, 20), QStringLiteral("!=="));
            } else {
                for (int i = 0; i < 3; ++i) {
                    painter.drawText(
                        QPointF(4 + i * metrics.horizontalAdvance(u'='), 20), QStringLiteral("!==").mid(i, 1));
                }
            }
        }
        QCOMPARE(together, apart);
    }
};

QTEST_MAIN(TokensTest)
#include "tst_tokens.moc"
