// SPDX-License-Identifier: GPL-3.0-or-later
// An INI file as text: known and unknown keys, comments and order all survive a change of one value. Plain value.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>
#include <vector>

namespace cupel::app {

class IniText {
public:
    static constexpr qsizetype maxBytes = 1 << 20; // more is not a settings file

    IniText() = default;
    explicit IniText(const QByteArray& bytes);
    [[nodiscard]] QByteArray bytes() const;

    // `path` is "section/key".
    [[nodiscard]] std::optional<QString> value(const QString& path) const;
    void set(const QString& path, const QString& value);
    void remove(const QString& path);
    [[nodiscard]] QStringList keys(const QString& section) const;

private:
    struct Line {
        QString section;
        QString key; // empty: a comment, a blank line or a section head
        QString value;
        QString raw;
    };
    [[nodiscard]] std::vector<Line>::const_iterator find(const QString& path) const;
    std::vector<Line> m_lines;
};

} // namespace cupel::app
